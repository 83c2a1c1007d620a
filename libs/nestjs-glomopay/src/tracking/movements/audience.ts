import type { AfterHandlers } from '../handlers/after-handlers.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import type { Settled } from '../store/tracking-store.js';
import type { MilestoneAudience } from './milestones.js';

/** Who hears of movements of a kind, in its own words. */
export interface Audience {
  /** What handlers hear of a record that has its outcome, as JSON can keep it; undefined of another. */
  outcomeOf(record: TrackedRecord): object | undefined;
  /** Runs the host's handlers of an outcome inside the transaction that records it. */
  conclude(record: TrackedRecord, tx: unknown): Promise<void>;
  /** Who hears of an outcome after it is committed. */
  readonly followers: AfterHandlers;
  /** Who hears of milestones after a success; undefined where there are none. */
  readonly milestones?: MilestoneAudience;
  /** Says that a movement has come to an end, or to a person, once that is committed. */
  announce(settled: Settled): void;
}
