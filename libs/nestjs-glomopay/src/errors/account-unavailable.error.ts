import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/**
 * An account that is made at run time cannot be used now: its source failed or did not answer in time,
 * the account was closed, or the application is about to end. Nothing was sent; whether there is such an
 * account is not known. Try again later, with a service that was loaded anew.
 */
@Named('GlomopayAccountUnavailableError')
export class GlomopayAccountUnavailableError extends GlomopayError {
  override readonly code = 'GLOMOPAY_ACCOUNT_UNAVAILABLE';
  override readonly outcome = 'not_sent';

  /** @param fault What is wrong, and what to do about it; never what a source has said. */
  constructor(fault: string, options?: ErrorOptions) {
    super(`The merchant account cannot be used now: ${fault}.`, options);
  }
}
