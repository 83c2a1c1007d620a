import { ServiceUnavailableException } from '@nestjs/common';
import { GlomopayAccountUnavailableError } from '../errors/account-unavailable.error.js';

/**
 * Waits for an account that a guard has chosen. Where it cannot be made just now the answer is 503: who
 * asks may come again, and nothing is said of the account.
 */
export async function whenMade<T>(chosen: Promise<T>): Promise<T> {
  try {
    return await chosen;
  } catch (thrown) {
    if (!(thrown instanceof GlomopayAccountUnavailableError)) throw thrown;
    throw new ServiceUnavailableException('Come again in a moment');
  }
}
