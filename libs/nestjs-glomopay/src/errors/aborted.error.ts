import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/**
 * The caller's `AbortSignal` ended the call before anything was sent, or ended a read or a wait.
 *
 * Nothing changed at the gateway. A write that was aborted after it was sent is a
 * `GlomopayOutcomeUnknownError` instead.
 */
@Named('GlomopayAbortedError')
export class GlomopayAbortedError extends GlomopayError {
  override readonly code = 'GLOMOPAY_ABORTED';
  override readonly outcome = 'not_sent';

  constructor(readonly call: string) {
    super(`${call} was aborted by its caller; nothing changed at the gateway.`);
  }
}
