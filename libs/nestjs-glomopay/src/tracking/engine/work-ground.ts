import type { TrackingStore } from '../store/tracking-store.js';
import type { WorkGround } from './work-engine.js';

const grounds = new WeakMap<TrackingStore, WorkGround>();

/** What the accounts of a store share; the same for the same store. */
export function groundOf(store: TrackingStore): WorkGround {
  const known = grounds.get(store) ?? {
    accountsWithEvents: async () => asSet(await store.inbox.accountsDue()),
    accountsWithPayments: async () => asSet(await store.accountsDue()),
  };
  grounds.set(store, known);
  return known;
}

function asSet(accounts: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return accounts === undefined ? undefined : new Set(accounts);
}
