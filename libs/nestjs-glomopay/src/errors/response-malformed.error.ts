import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/**
 * The gateway answered in a shape that is not documented, so the answer is not believed.
 *
 * On a read nothing has changed. On a write it reaches the caller as the `cause` of a
 * `GlomopayOutcomeUnknownError`, because the gateway has acted in all likelihood.
 */
@Named('GlomopayResponseMalformedError')
export class GlomopayResponseMalformedError extends GlomopayError {
  override readonly code = 'GLOMOPAY_RESPONSE_MALFORMED';
  override readonly outcome = 'unknown';

  constructor(
    /** Where the answer is wrong: `payment.requested_amount`, or `body` for all of it. */
    readonly path: string,
    /** What was expected there. */
    readonly expected: string,
  ) {
    super(`The gateway's answer cannot be used: ${path} is not ${expected}.`);
  }
}
