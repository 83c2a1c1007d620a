import {
  isSettled,
  type Surroundings,
  type TrackedChange,
  type TrackedRecord,
  type TrackedReason,
} from '../store/tracked-record.js';
import { closed, onceClosed } from './closing.js';
import { withoutMilestones } from './milestones.js';
import type { Sighting } from './movement.js';
import type { MovementResolution } from './resolution.js';
import { isStray } from './stray.js';

/** What a witness has brought. */
export type Observation =
  /** The object as just fetched from the gateway: the truth. */
  | { readonly kind: 'seen'; readonly sighting: Sighting }
  /** No money moved, and none will: the gateway refused, or never heard of it. */
  | {
      readonly kind: 'absent';
      readonly reason: 'rejected' | 'not_sent' | 'never_arrived';
      readonly errorCode: string | null;
      readonly errorDescription: string | null;
    }
  /** The sweeper has given up; a person has to look. */
  | {
      readonly kind: 'given_up';
      readonly reason: 'no_outcome' | 'ambiguous' | 'handler_failed' | 'unexpected_success';
    }
  /** The answer to the create: the gateway has this object for the record, without an outcome so far. */
  | { readonly kind: 'attempt'; readonly objectId: string }
  /** A person closes it by hand. */
  | ({ readonly kind: 'resolved' } & MovementResolution);

/**
 * The state machine of a tracked movement, of whatever kind: what an observation changes, or undefined.
 * Pure; the one place where an outcome is decided. An outcome never changes, and a mismatch only by a
 * person; what the gateway reports beside it (compliance, funds) still moves.
 *
 * @throws {GlomopayNotResolvableError} a person cannot close the record so.
 */
export function transition(
  record: TrackedRecord,
  observation: Observation,
  around: Surroundings,
): TrackedChange | undefined {
  if (observation.kind === 'resolved') return closed(record, observation, around);
  const sighting = observation.kind === 'seen' ? observation.sighting : undefined;
  return onceClosed(record, witnessed(record, observation, around), sighting);
}

/** What a witness changes of a record that no person has closed. */
function witnessed(
  record: TrackedRecord,
  observation: Exclude<Observation, { readonly kind: 'resolved' }>,
  around: Surroundings,
): TrackedChange | undefined {
  switch (observation.kind) {
    case 'seen':
      if (isOutdated(record, observation.sighting)) return undefined;
      return isSettled(record.state)
        ? afterOutcome(record, observation.sighting)
        : changed(record, beforeOutcome(record, observation.sighting, around));
    case 'absent': {
      const { reason, errorCode, errorDescription } = observation;
      if (!isCredible(reason, record)) return undefined;
      return { state: 'failed', reason, errorCode, errorDescription };
    }
    case 'given_up':
      return isSettled(record.state) || isKnownBetter(record, observation.reason)
        ? undefined
        : changed(record, { state: 'needs_attention', reason: observation.reason });
    case 'attempt':
      return attempted(record, observation.objectId);
  }
}

/** A look from before the record had its object, whatever it took that for. */
function isOutdated({ objectId }: TrackedRecord, sighting: Sighting): boolean {
  return sighting.objectId === null && objectId !== null;
}

/**
 * Another witness may have come first: with the object that there seemed to be none of, or with a success
 * that is a person's already, who must read why.
 */
function isKnownBetter({ state, objectId, reason }: TrackedRecord, why: TrackedReason): boolean {
  if (state === 'needs_attention' && reason !== null && SUCCESSES.includes(reason)) return true;
  return objectId !== null && (why === 'ambiguous' || why === 'unexpected_success');
}

/** Why a success is a person's. */
const SUCCESSES: readonly TrackedReason[] = [
  'duplicate_charge',
  'over_refunded',
  'unexpected_success',
];

/**
 * What the gateway has refused has not happened, whoever looks at the record meanwhile. That it has nothing
 * is believed only while nobody has seen anything else.
 */
function isCredible(
  reason: 'rejected' | 'not_sent' | 'never_arrived',
  { state, objectId }: TrackedRecord,
): boolean {
  if (objectId !== null) return false;
  return reason === 'never_arrived' ? state === 'created' : !isSettled(state);
}

/** Another witness may have come first, with the payment or with the news that there is none. */
function attempted(record: TrackedRecord, objectId: string): TrackedChange | undefined {
  if (record.objectId !== null) return undefined;
  if (!isSettled(record.state)) return { objectId, state: 'attempted', reason: null };
  if (record.state === 'succeeded') return { objectId };
  return { objectId, reason: 'arrived_late' };
}

/** Where the fetched object takes a record that has no outcome yet. */
function beforeOutcome(
  record: TrackedRecord,
  sighting: Sighting,
  around: Surroundings,
): TrackedChange {
  const { end, doubt } = sighting;
  const seen: TrackedChange = {
    objectId: record.objectId ?? sighting.objectId,
    gatewayStatus: sighting.status,
    complianceStatus: sighting.complianceStatus,
    fundsAvailable: record.fundsAvailable || sighting.fundsAvailable,
    errorCode: sighting.errorCode,
    errorDescription: sighting.errorDescription,
  };
  if (doubt !== undefined) return { ...seen, state: 'needs_attention', reason: doubt };
  if (end === undefined) {
    return record.state === 'created' ? { ...seen, state: 'attempted', reason: null } : seen;
  }
  if (isStray(record)) return end === 'failed' ? seen : unasked(seen, around);
  const difference = differenceOf(record, sighting);
  if (difference !== undefined) return { ...seen, state: 'mismatch', reason: difference };
  if (end === 'failed') return { ...seen, state: 'failed', reason: sighting.reason ?? null };
  const excess = excessOf(record, sighting, around);
  return excess === undefined
    ? { ...seen, state: 'succeeded', reason: isRejected(sighting) ? 'compliance_rejected' : null }
    : { ...seen, state: 'needs_attention', reason: excess };
}

/** Why a success would be too much for its subject; undefined when it is not. */
function excessOf(
  { amount, currency }: TrackedRecord,
  { atMost }: Sighting,
  { paidAlready, succeeded }: Surroundings,
): TrackedReason | undefined {
  if (paidAlready) return 'duplicate_charge';
  const isCounted = atMost !== undefined && atMost.currency === currency;
  return isCounted && succeeded.amount + amount > atMost.amount ? 'over_refunded' : undefined;
}

/** Whatever else is equal, another object is not the one that the record has. */
function differenceOf({ objectId }: TrackedRecord, sighting: Sighting): TrackedReason | undefined {
  const isOther = objectId !== null && sighting.objectId !== null && objectId !== sighting.objectId;
  return isOther ? 'order_differs' : sighting.difference;
}

/** The host did not ask for it, so no handler hears of it as a success. */
function unasked(seen: TrackedChange, { paidAlready }: Surroundings): TrackedChange {
  const reason = paidAlready ? 'duplicate_charge' : 'unexpected_success';
  return { ...seen, state: 'needs_attention', reason };
}

/** What may still move when the outcome stands. What contradicts the outcome is noted for a person. */
function afterOutcome(record: TrackedRecord, sighting: Sighting): TrackedChange | undefined {
  if (sighting.objectId === null) return undefined;
  if (record.objectId !== null && record.objectId !== sighting.objectId) return undefined;
  const isLate = wasLate(record);
  return changed(record, {
    gatewayStatus: sighting.status,
    complianceStatus: isRejected(record)
      ? record.complianceStatus
      : (sighting.complianceStatus ?? record.complianceStatus),
    fundsAvailable: record.fundsAvailable || sighting.fundsAvailable,
    reason: isLate ? lateReason(record, sighting) : reasonAfterOutcome(record, sighting),
    objectId: isLate ? sighting.objectId : (record.objectId ?? sighting.objectId),
  });
}

/** A record that failed while the gateway seemed to have nothing for it. */
function wasLate({ state, objectId, reason }: TrackedRecord): boolean {
  return (
    state === 'failed' &&
    (objectId === null || reason === 'arrived_late' || reason === 'charged_late')
  );
}

/** Money that was taken stays reported, whatever comes later; an attempt that failed is none. */
function lateReason(record: TrackedRecord, { end }: Sighting): TrackedReason | null {
  if (record.reason === 'charged_late' || end === 'succeeded') return 'charged_late';
  return end === 'failed' ? null : 'arrived_late';
}

/** A success by hand may have had no payment so far; the first one that comes has to fit. */
function reasonAfterOutcome(record: TrackedRecord, sighting: Sighting): TrackedReason | null {
  const { end, difference } = sighting;
  const isOther = record.objectId === null && end !== undefined && difference !== undefined;
  const contradicts =
    (record.state === 'succeeded' && (end === 'failed' || isOther)) ||
    (record.state === 'failed' && end === 'succeeded');
  if (contradicts) return 'terminal_conflict';
  if (record.state !== 'succeeded' || !isRejected(sighting)) return record.reason;
  return isRejected(record) ? (record.reason ?? 'compliance_rejected') : 'compliance_rejected';
}

/** Compliance takes back no rejection. */
function isRejected({ complianceStatus }: Pick<Sighting, 'complianceStatus'>): boolean {
  return complianceStatus === 'rejected';
}

/**
 * The same change by a process that must leave the outcome, or a milestone after it, to another: what
 * else was seen is noted, and a record without an outcome stays open. What a refused create has said
 * waits in `reason`.
 */
export function withoutOutcome(
  record: TrackedRecord,
  change: TrackedChange | undefined,
): TrackedChange | undefined {
  if (change === undefined) return undefined;
  if (change.state !== 'succeeded' && change.state !== 'failed') {
    return withoutMilestones(record, change);
  }
  // What the gateway has ended by itself is seen again by whoever looks next.
  const isSeen = (change.objectId ?? record.objectId) !== null || change.reason === 'payin_ended';
  const open: TrackedChange = isSeen
    ? { ...change, state: 'attempted', reason: null }
    : { ...change, state: 'created' };
  return changed(record, open);
}

/** Tells whether a record waits for a process that may write down that nothing was charged. */
export function isLeftAsFailed({ state, objectId, reason }: TrackedRecord): boolean {
  return (
    state === 'created' && objectId === null && (reason === 'rejected' || reason === 'not_sent')
  );
}

/** Only what is really new; undefined when nothing is. */
function changed(record: TrackedRecord, change: TrackedChange): TrackedChange | undefined {
  const fresh = Object.entries(change).filter(
    ([member, value]) => record[member as keyof TrackedChange] !== value,
  );
  return fresh.length === 0 ? undefined : Object.fromEntries(fresh);
}
