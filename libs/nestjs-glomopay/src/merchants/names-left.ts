import type { TrackingStore } from '../tracking/store/tracking-store.js';

/**
 * Names of the accounts that have anything left for a person in a store: records that need one, or parked
 * events. Undefined: the store cannot tell.
 */
export async function namesLeftIn(
  store: TrackingStore | undefined,
): Promise<readonly string[] | undefined> {
  if (store === undefined) return undefined;
  const [records, events] = await Promise.all([store.accountsLeft(), store.inbox.accountsLeft()]);
  if (records === undefined || events === undefined) return undefined;
  return [...new Set([...records, ...events])].toSorted();
}
