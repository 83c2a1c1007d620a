import { HttpStatus } from '@nestjs/common';
import { Named } from '../errors/named.decorator.js';
import type { GlomopaySignatureFault } from '../errors/signature.error.js';
import { RejectedException } from '../signing/rejected.exception.js';

/**
 * The guard's answer to a callback that is not authentic: 400 for a malformed one, 401 for one that
 * no active key has signed. Fixed texts; no part of the request is in it.
 */
@Named('GlomopayCallbackRejectedException')
export class GlomopayCallbackRejectedException extends RejectedException {
  constructor(readonly reason: GlomopaySignatureFault) {
    const status = reason === 'malformed' ? HttpStatus.BAD_REQUEST : HttpStatus.UNAUTHORIZED;
    super(
      {
        statusCode: status,
        error: reason === 'malformed' ? 'Bad Request' : 'Unauthorized',
        message:
          reason === 'malformed'
            ? 'This is not a payment callback'
            : 'The signature of this payment callback does not hold',
      },
      status,
    );
  }
}
