import { HttpStatus } from '@nestjs/common';
import { Named } from '../errors/named.decorator.js';
import type { GlomopaySignatureFault } from '../errors/signature.error.js';
import { RejectedException } from '../signing/rejected.exception.js';

const answers = {
  malformed: {
    statusCode: HttpStatus.BAD_REQUEST,
    error: 'Bad Request',
    message: 'This is not a webhook event',
  },
  mismatch: {
    statusCode: HttpStatus.UNAUTHORIZED,
    error: 'Unauthorized',
    message: 'The signature of this webhook event does not hold',
  },
  too_large: {
    statusCode: HttpStatus.PAYLOAD_TOO_LARGE,
    error: 'Payload Too Large',
    message: 'A webhook event is at most 1 MiB',
  },
} as const;

/**
 * The guard's answer to a webhook message that is not authentic: 400 for a malformed one, 401 for one
 * that no active secret has signed, 413 for one over 1 MiB. Fixed texts; nothing of the request is
 * in it.
 */
@Named('GlomopayWebhookRejectedException')
export class GlomopayWebhookRejectedException extends RejectedException {
  constructor(readonly reason: GlomopaySignatureFault) {
    super(answers[reason], answers[reason].statusCode);
  }
}
