import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/** Why nothing was sent: no connection could be made, or the rate limit left no room in time. */
export type UnreachableReason = 'no_connection' | 'rate_limit';

const words: Readonly<Record<UnreachableReason, string>> = {
  no_connection: 'no connection to the gateway was made',
  rate_limit: "the account's rate limit left no room before the deadline",
};

/**
 * Nothing was sent, so nothing happened at the gateway; calling again is safe. Either no connection
 * was made (name not found, refused, no route, certificate not accepted), or the call waited for
 * the module's own rate limit until its deadline.
 */
@Named('GlomopayUnreachableError')
export class GlomopayUnreachableError extends GlomopayError {
  override readonly code = 'GLOMOPAY_UNREACHABLE';
  override readonly outcome = 'not_sent';

  constructor(
    /** Method and path template of the call. */
    readonly call: string,
    /** How often it was tried. */
    readonly attempts: number,
    readonly reason: UnreachableReason,
    options?: ErrorOptions,
  ) {
    super(
      `${call} was not sent: ${words[reason]} (tried ${attempts} times). It is safe to call again.`,
      options,
    );
  }
}
