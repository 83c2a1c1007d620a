import { Named } from '../errors/named.decorator.js';
import type { GlomopaySignatureFault } from '../errors/signature.error.js';
import { RejectedException } from '../signing/rejected.exception.js';
import { deliveryAnswers } from './delivery-answers.js';

/**
 * The guard's answer to a webhook message that is not authentic: 400 for a malformed one, 401 for one
 * that no active secret has signed, 413 for one over 1 MiB. Fixed texts; no part of the request is
 * in it.
 */
@Named('GlomopayWebhookRejectedException')
export class GlomopayWebhookRejectedException extends RejectedException {
  constructor(readonly reason: GlomopaySignatureFault) {
    const { status, error, message } = deliveryAnswers[reason];
    super({ statusCode: status, error, message }, status);
  }
}
