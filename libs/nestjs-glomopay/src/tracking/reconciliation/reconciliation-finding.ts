import type { TrackedKind, TrackedReason, TrackedState } from '../store/tracked-record.js';

/**
 * In what the records and the gateway differ:
 * - `missing_here`: the gateway has it, and no record names it;
 * - `missing_there`: the record names an object that the gateway does not have;
 * - `amount`, `currency`, `subject`: the object is not the one that was asked for;
 * - `status`: one of the two has ended and the other has not, or they have ended differently;
 * - `unreadable`: the gateway lists something that is in no documented shape, so nothing was compared.
 */
export type FindingKind =
  'missing_here' | 'missing_there' | 'amount' | 'currency' | 'subject' | 'status' | 'unreadable';

/** What one side has of a movement. */
export interface BookEntry {
  /** Minor units of `currency`; null where it says none. */
  readonly amount: number | null;
  readonly currency: string | null;
  /** The order or subscription that is paid, the payment that is refunded. */
  readonly subjectId: string | null;
  /** The state of the record, or the status as the gateway spells it. */
  readonly status: string;
}

/** One difference between the records and the gateway. No card data has a place here. */
export interface ReconciliationFinding {
  readonly kind: FindingKind;
  readonly movement: TrackedKind;
  /** The record's, or the one that the gateway names. */
  readonly requestId: string | null;
  /** The host's own; null without a record. */
  readonly reference: string | null;
  readonly objectId: string | null;
  /** When the object was made, or where there is none the intent. */
  readonly createdAt: Date | null;
  /** The record as it was found. */
  readonly here: BookEntry | null;
  /** The gateway's object. */
  readonly there: BookEntry | null;
  /** Whether the record now says what the gateway says, and needs nobody. */
  readonly repaired: boolean;
  /** Where the record stands afterwards; null when there still is none. */
  readonly state: TrackedState | null;
  /** Why it is there, for a person. */
  readonly reason: TrackedReason | null;
}

/** What a comparison has counted so far. */
export interface ReconciliationSummary {
  /** Objects of the gateway and records; a pair counts once. */
  readonly compared: number;
  /** Of them, those without a difference. */
  readonly equal: number;
  /** Of them, those that belong to somebody else: nothing here asked for them. */
  readonly foreign: number;
  readonly findings: number;
  /** Of the findings, those that need nobody any more. */
  readonly repaired: number;
}
