import { GlomopayRequestIdConflictError } from '../../errors/request-id-conflict.error.js';
import type { TrackedRecord } from '../store/tracked-record.js';

/**
 * A key means one intent: a second use of it for another one is a fault of the host.
 *
 * @param what For the error: `The payment`.
 * @param differing The members in which the record that stands under the key is another intent.
 * @throws {GlomopayRequestIdConflictError} it is another intent.
 */
export function assertSameIntent(
  what: string,
  stands: TrackedRecord,
  differing: readonly string[],
): void {
  if (differing.length === 0) return;
  const { requestId, objectId, reference } = stands;
  throw new GlomopayRequestIdConflictError(what, requestId, objectId ?? reference, differing);
}
