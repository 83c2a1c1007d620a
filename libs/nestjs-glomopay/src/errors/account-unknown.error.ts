import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/** What may be repeated in a log of a name that perhaps a stranger has made up. */
const REPEATABLE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * A name was asked for that no merchant account has: no module registers it, nothing at run time did, and
 * the `AccountSource` does not know it. Nothing was sent. Where the name comes from a request, that
 * request is wrong, and not the application: `GlomopayExceptionFilter` answers 404.
 */
@Named('GlomopayAccountUnknownError')
export class GlomopayAccountUnknownError extends GlomopayError {
  override readonly code = 'GLOMOPAY_ACCOUNT_UNKNOWN';
  override readonly outcome = 'not_sent';

  /**
   * @param account As it was asked for; one that cannot be a name is not repeated.
   * @param hint Where it was looked for, and what to do.
   */
  constructor(account: string, hint: string) {
    super(`There is no account ${REPEATABLE.test(account) ? account : 'of such a name'}: ${hint}.`);
  }
}
