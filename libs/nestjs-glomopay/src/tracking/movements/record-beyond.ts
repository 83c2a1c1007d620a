import type { Clock } from '../../config/clock.js';
import type { TrackedRecord, TrackedState } from '../store/tracked-record.js';
import type { TrackingStore } from '../store/tracking-store.js';

const LOOK_EVERY_MS = 100;

/**
 * The record when another process or caller has brought it out of a state, or as it stands when
 * patience ends.
 */
export async function recordBeyond(
  state: TrackedState,
  record: TrackedRecord,
  store: TrackingStore,
  clock: Clock,
  patienceMs: number,
): Promise<TrackedRecord> {
  const end = clock.now() + patienceMs;
  let current = record;
  while (current.state === state && clock.now() < end) {
    await clock.sleep(LOOK_EVERY_MS);
    current = (await store.find(record)) ?? current;
  }
  return current;
}
