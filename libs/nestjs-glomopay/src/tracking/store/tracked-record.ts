/**
 * What moves money, each with an outcome of its own:
 * - `payment`: a card payment that we start;
 * - `refund`: money that we send back;
 * - `collection`: what somebody pays elsewhere (a checkout page, a link, a transfer).
 */
export type TrackedKind = 'payment' | 'refund' | 'collection';

/**
 * Where a tracked movement stands:
 * - `created`: the intent is written; the gateway may or may not have heard of it;
 * - `attempted`: the gateway has an object for it, without an outcome so far;
 * - `succeeded`, `failed`: the outcome; never changes again;
 * - `mismatch`: the gateway's object is not the one that was asked for; never a success;
 * - `needs_attention`: the sweeper has given up; a person has to look. A later witness may still
 *   bring the outcome.
 */
export type TrackedState =
  'created' | 'attempted' | 'succeeded' | 'failed' | 'mismatch' | 'needs_attention';

/** Why a record is where it is, for a person. */
export type TrackedReason =
  /** The gateway refused the payment. */
  | 'rejected'
  /** The request never left this process. */
  | 'not_sent'
  /** The gateway has no payment under the `request_id`, long after it was asked. */
  | 'never_arrived'
  /** What the gateway has differs in amount, currency or subject: its order, or the payment refunded. */
  | 'amount_differs'
  | 'currency_differs'
  | 'order_differs'
  /** Another payment of the same order has succeeded already; refund one of the two. */
  | 'duplicate_charge'
  /** The gateway first said one final status and later another. */
  | 'terminal_conflict'
  /** The record had failed without a payment, and the gateway has one after all, not ended so far. */
  | 'arrived_late'
  /** The record had failed without a payment, and the gateway has taken the money after all. */
  | 'charged_late'
  /**
   * A payment of an order of ours, or a refund of a payment of ours, that no record asked for. Of what was
   * to be paid elsewhere: it is paid, by a payment that counts for no record.
   */
  | 'unexpected_success'
  /** The gateway had no outcome within all checks. */
  | 'no_outcome'
  /** The gateway lists several objects under one `request_id`, or one that another record has already. */
  | 'ambiguous'
  /** An outcome handler of the host kept failing. */
  | 'handler_failed'
  /** Compliance has refused a payment that has succeeded: the money goes back to the payer. */
  | 'compliance_rejected'
  /** The refund has succeeded, and with the others of its payment comes to more than the payment. */
  | 'over_refunded'
  /** What was to be paid elsewhere has ended unpaid: the gateway's status says how. */
  | 'payin_ended';

/**
 * How a person has closed a record that no machine could:
 * - `acknowledged`: seen, and left as it is;
 * - `succeeded`, `failed`: settled by hand; the outcome handlers have run;
 * - `refunded`: the money went back; nobody hears of a success.
 */
export type TrackedResolution = 'acknowledged' | 'succeeded' | 'failed' | 'refunded';

/** The key of a record: one merchant account's own `request_id`, once for each kind. */
export interface TrackedKey {
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  readonly kind: TrackedKind;
  readonly requestId: string;
}

/** What is expected of a movement, written before the gateway is asked. */
export interface TrackedIntent extends TrackedKey {
  /** The host's own reference; its `requestId` unless it gave another. */
  readonly reference: string;
  /** What it is about: the order or subscription that is paid, the payment that is refunded. */
  readonly subjectId: string | null;
  /**
   * Whether the subject is paid once: an order is, whatever kinds of movement pay it; a subscription
   * is not.
   */
  readonly exclusive: boolean;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
}

/** What is known of a movement. No card data has a place here. */
export interface TrackedRecord extends TrackedIntent {
  readonly state: TrackedState;
  readonly reason: TrackedReason | null;
  /** The gateway's id of it: of a payment or a refund. It belongs to one record of the account. */
  readonly objectId: string | null;
  /** The gateway's own status when it was last asked. */
  readonly gatewayStatus: string | null;
  readonly complianceStatus: string | null;
  readonly fundsAvailable: boolean;
  readonly errorCode: string | null;
  readonly errorDescription: string | null;
  /** How a person has closed it; null when none has, or when news came since. */
  readonly resolution: TrackedResolution | null;
  /** Who that was, as the host calls its people. */
  readonly resolvedBy: string | null;
  /** What the person has noted. */
  readonly resolutionNote: string | null;
  /** Grows with every change; a change is made on the version it was decided for. */
  readonly version: number;
  /** How often the sweeper has looked. */
  readonly checks: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** When the sweeper looks next; null when it does not. */
  readonly nextCheckAt: Date | null;
}

/** The members that change after the intent was written. */
export type TrackedChange = Partial<
  Pick<
    TrackedRecord,
    | 'state'
    | 'reason'
    | 'objectId'
    | 'gatewayStatus'
    | 'complianceStatus'
    | 'fundsAvailable'
    | 'errorCode'
    | 'errorDescription'
    | 'resolution'
    | 'resolvedBy'
    | 'resolutionNote'
  >
>;

/** What else is known when the record is locked. */
export interface Surroundings {
  /** The subject is paid once, and another record of it has succeeded. */
  readonly paidAlready: boolean;
  /**
   * The other records of the same subject and kind that have succeeded: how many, and what they add up
   * to in minor units of this record's currency, or `Number.MAX_SAFE_INTEGER` where it is more; those of
   * another currency count with nothing.
   */
  readonly succeeded: { readonly count: number; readonly amount: number };
}

/** Tells whether a state is an end that nothing changes. */
export function isSettled(state: TrackedState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'mismatch';
}

/** The states without an outcome in which a machine still looks for one. */
export const openStates: readonly TrackedState[] = ['created', 'attempted'];
