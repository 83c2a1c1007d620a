import type { TrackingStore } from './tracking-store.js';

/** How many registrations of running applications use a store that the host has given to several. */
const users = new WeakMap<TrackingStore, number>();

/** One more uses the store. */
export function useStore(store: TrackingStore): void {
  users.set(store, (users.get(store) ?? 0) + 1);
}

/** One less does; the last one closes it. */
export async function leaveStore(store: TrackingStore): Promise<void> {
  const left = Math.max(0, (users.get(store) ?? 0) - 1);
  users.set(store, left);
  if (left === 0) await store.close();
}
