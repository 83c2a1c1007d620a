import type { Audience } from './audience.js';
import type { MilestoneFacts } from './milestones.js';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const SELDOM_MS = 6 * HOUR_MS;

/** For how long nothing may be new before it is watched no longer. */
const WATCHED_FOR_MS = 30 * DAY_MS;

/**
 * Whether something is still to come after the success: its money cannot be used yet, or compliance has
 * not decided. What compliance has rejected ends there.
 */
export function isUnfinished({ state, complianceStatus, fundsAvailable }: MilestoneFacts): boolean {
  if (state !== 'succeeded' || complianceStatus === 'rejected') return false;
  return !fundsAvailable || (complianceStatus !== null && complianceStatus !== 'approved');
}

/** Whether a record is looked at after its success: only where somebody would hear of what comes. */
export function isWatched(
  record: MilestoneFacts,
  { milestones }: Pick<Audience, 'milestones'>,
): boolean {
  return isUnfinished(record) && milestones?.hears() === true;
}

/**
 * From a change of a record that has its outcome to the next look: an hour. A process that lacks handlers
 * leaves it to the others whether they watch, at once. Undefined: none.
 */
export function watchPause(
  record: MilestoneFacts,
  audience: Pick<Audience, 'milestones'>,
  mayConclude: boolean,
): number | undefined {
  if (mayConclude) return isWatched(record, audience) ? HOUR_MS : undefined;
  return audience.milestones !== undefined && isUnfinished(record) ? 0 : undefined;
}

/**
 * The pause after a look that found nothing new: hourly for a day, then every six hours. Undefined: that
 * was the last one.
 *
 * @param quietMs Since the record has changed last.
 */
export function watchPauseAfter(quietMs: number): number | undefined {
  if (quietMs >= WATCHED_FOR_MS) return undefined;
  return quietMs < DAY_MS ? HOUR_MS : SELDOM_MS;
}
