import {
  GlomopayNotResolvableError,
  type GlomopayResolutionFault,
} from '../../errors/not-resolvable.error.js';
import {
  isSettled,
  type Surroundings,
  type TrackedChange,
  type TrackedReason,
  type TrackedRecord,
  type TrackedResolution,
} from '../store/tracked-record.js';
import { whoLooksNext } from '../store/who-looks-next.js';
import type { Sighting } from './movement.js';
import type { MovementResolution } from './resolution.js';
import { isStray } from './stray.js';

const reopened = { resolution: null, resolvedBy: null, resolutionNote: null } as const;

/**
 * What changes when a person closes a record. Settled by hand, it has no reason any more: the note has.
 *
 * @throws {GlomopayNotResolvableError} it cannot be closed so.
 */
export function closed(
  record: TrackedRecord,
  { as, note, by }: MovementResolution,
  around: Surroundings,
): TrackedChange {
  const fault = faultOf(record, as, around);
  if (fault !== undefined) throw new GlomopayNotResolvableError(fault, as, record);
  return {
    ...(isOutcome(as) && { state: as, reason: null }),
    resolution: as,
    resolvedBy: by,
    resolutionNote: note,
  };
}

/** Why a record cannot be closed so; undefined: it can. */
function faultOf(
  record: TrackedRecord,
  as: TrackedResolution,
  { paidAlready }: Surroundings,
): GlomopayResolutionFault | undefined {
  const watcher = whoLooksNext(record);
  if (watcher === 'sweeper') return 'open';
  if (record.resolution !== null) return 'resolved';
  if (watcher === 'nobody') return 'needs_nobody';
  if (!isOutcome(as)) return undefined;
  if (isStray(record)) return 'not_asked_for';
  if (isOutcome(record.state)) return 'outcome_stands';
  return as === 'succeeded' && paidAlready ? 'paid_already' : undefined;
}

/** What handlers are told of. */
export function isOutcome(
  word: TrackedRecord['state'] | TrackedResolution,
): word is 'succeeded' | 'failed' {
  return word === 'succeeded' || word === 'failed';
}

/**
 * What a witness changes of a record that a person has closed, by what it would change otherwise. News
 * take the resolution away; the same facts again do not.
 *
 * @param sighting What was seen, when the change comes from a look at the gateway.
 */
export function onceClosed(
  record: TrackedRecord,
  change: TrackedChange | undefined,
  sighting: Sighting | undefined,
): TrackedChange | undefined {
  if (record.resolution === null || change === undefined) return change;
  if (isOutcome(record.resolution)) return onceSettled(record, change, sighting);
  if (record.resolution === 'refunded' && !isSettled(record.state)) {
    return onceRefunded(record, change, sighting);
  }
  const isNews =
    change.state !== undefined || change.reason !== undefined || endsAnew(record, sighting);
  return isNews ? { ...change, ...reopened } : change;
}

/** A contradiction that the person knew of is none; one that is new needs a person again. */
function onceSettled(
  record: TrackedRecord,
  change: TrackedChange,
  sighting: Sighting | undefined,
): TrackedChange | undefined {
  const { reason, ...facts } = change;
  if (reason === undefined) return change;
  const wasKnown =
    reason === 'terminal_conflict' &&
    record.objectId !== null &&
    sighting?.status === record.gatewayStatus;
  return wasKnown ? unlessEmpty(facts) : { ...change, ...reopened };
}

/**
 * Money that went back is no success, whatever the gateway says of the payment later. What a person could
 * not know goes to a person, as what it is not: the movement that was asked for.
 */
function onceRefunded(
  record: TrackedRecord,
  { state, reason, ...facts }: TrackedChange,
  sighting: Sighting | undefined,
): TrackedChange | undefined {
  const again = (why: TrackedReason): TrackedChange => ({
    ...facts,
    ...reopened,
    state: 'mismatch',
    reason: why,
  });
  if (sighting === undefined)
    return state === 'failed' ? undefined : again(reason ?? 'arrived_late');
  const isNews = facts.objectId !== undefined || endsAnew(record, sighting);
  return isNews ? again(reasonOfEnd[sighting.end ?? 'none']) : unlessEmpty(facts);
}

const reasonOfEnd = {
  succeeded: 'unexpected_success',
  failed: 'terminal_conflict',
  none: 'arrived_late',
} as const satisfies Record<string, TrackedReason>;

/** Whether the gateway says another final status than it did when the record was closed. */
function endsAnew({ gatewayStatus }: TrackedRecord, sighting: Sighting | undefined): boolean {
  return sighting?.end !== undefined && sighting.status !== gatewayStatus;
}

function unlessEmpty(change: TrackedChange): TrackedChange | undefined {
  return Object.keys(change).length === 0 ? undefined : change;
}
