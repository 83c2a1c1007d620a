import type { TrackedRecord } from '../store/tracked-record.js';
import type { TrackingStore } from '../store/tracking-store.js';

const AT_ONCE = 100;

/** The records whose intents lie in a part of time, oldest first, a page in memory at a time. */
export async function* recordsWithin(
  store: TrackingStore,
  account: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): AsyncGenerator<TrackedRecord, void, undefined> {
  let after: TrackedRecord | undefined;
  for (;;) {
    const records = await store.within(account, { from, to, after, limit: AT_ONCE });
    yield* records;
    after = records.at(-1);
    if (after === undefined || records.length < AT_ONCE) return;
  }
}
