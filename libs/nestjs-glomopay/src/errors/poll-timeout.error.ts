import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/**
 * The payment had no final status when the waiting time was over. It is pending, not failed: ask
 * again later, or wait for the webhook.
 */
@Named('GlomopayPollTimeoutError')
export class GlomopayPollTimeoutError extends GlomopayError {
  override readonly code = 'GLOMOPAY_POLL_TIMEOUT';
  override readonly outcome = 'unknown';

  constructor(
    readonly paymentId: string,
    /** How long was waited, in milliseconds. */
    readonly timeoutMs: number,
    /** The last status that the gateway reported, if it answered at all. */
    readonly lastStatus: string | undefined,
    options?: ErrorOptions,
  ) {
    super(
      `Payment ${paymentId} was still ${lastStatus ?? 'unanswered'} after ${timeoutMs} ms. It is pending, not failed.`,
      options,
    );
  }
}
