import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/**
 * The gateway already has an object under this `request_id`, and it is another one than was asked
 * for: another amount, currency, customer or order. A `request_id` was used for two intents.
 *
 * This call created nothing, but something exists under the key: look at both records before using
 * a new `request_id`.
 */
@Named('GlomopayRequestIdConflictError')
export class GlomopayRequestIdConflictError extends GlomopayError {
  override readonly code = 'GLOMOPAY_REQUEST_ID_CONFLICT';
  override readonly outcome = 'unknown';

  constructor(
    readonly call: string,
    readonly requestId: string,
    /** Id of the object that the gateway has under the `request_id`. */
    readonly existingId: string,
    /** The members that differ, in the library's spelling. */
    readonly differing: readonly string[],
  ) {
    super(
      `${call} created nothing: its request_id belongs to ${existingId}, which differs in ${differing.join(', ')}. Use one request_id for one intent.`,
    );
  }
}
