import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

/**
 * The gateway already has an object under this `request_id`, and it is another one than was asked
 * for: another amount, currency, customer or order. A `request_id` was used for two intents.
 *
 * The same where the gateway recognises an object by something else, a customer by e-mail and country:
 * there is one already, under another name or of another type. {@link requestId} is undefined then.
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
    readonly requestId: string | undefined,
    /** Id of the object that the gateway has under the `request_id`, or instead of the new one. */
    readonly existingId: string,
    /** The members that differ, in the library's spelling. */
    readonly differing: readonly string[],
  ) {
    const differs = `which differs in ${differing.join(', ')}`;
    super(
      requestId === undefined
        ? `${call} created nothing: the gateway takes it for ${existingId}, ${differs}. Use that one, or change what it is recognised by.`
        : `${call} created nothing: its request_id belongs to ${existingId}, ${differs}. Use one request_id for one intent.`,
    );
  }
}
