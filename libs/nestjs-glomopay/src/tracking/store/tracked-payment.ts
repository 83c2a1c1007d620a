import type { ComplianceStatus, PaymentStatus } from '../../api/payments/payment.js';
import type { IdText } from '../../values/ids.js';

/**
 * Where a tracked payment stands:
 * - `created`: the intent is written; the gateway may or may not have heard of it;
 * - `attempted`: the gateway has a payment for it, without an outcome so far;
 * - `succeeded`, `failed`: the outcome; never changes again;
 * - `mismatch`: the gateway's payment is not the one that was asked for; never a success;
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
  /** The gateway's payment differs in amount, currency or order. */
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
  /** A payment that no record asked for has succeeded on an order of ours. */
  | 'unexpected_success'
  /** The gateway had no outcome within all checks. */
  | 'no_outcome'
  /** The gateway lists several payments under one `request_id`. */
  | 'ambiguous'
  /** An outcome handler of the host kept failing. */
  | 'handler_failed';

/** The key of a record: one merchant account's own `request_id`. */
export interface TrackedKey {
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  readonly requestId: string;
}

/** What is expected of a payment, written before the gateway is asked. */
export interface PaymentIntent extends TrackedKey {
  /** The host's own reference; its `requestId` unless it gave another. */
  readonly reference: string;
  readonly orderId: IdText<'order'> | null;
  readonly subscriptionId: IdText<'subscription'> | null;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
}

/** What is known of a payment. No card data has a place here. */
export interface TrackedPayment extends PaymentIntent {
  readonly state: TrackedState;
  readonly reason: TrackedReason | null;
  readonly paymentId: IdText<'payment'> | null;
  /** The gateway's own status when it was last asked. */
  readonly gatewayStatus: PaymentStatus | null;
  readonly complianceStatus: ComplianceStatus | null;
  readonly fundsAvailable: boolean;
  readonly errorCode: string | null;
  readonly errorDescription: string | null;
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
    TrackedPayment,
    | 'state'
    | 'reason'
    | 'paymentId'
    | 'gatewayStatus'
    | 'complianceStatus'
    | 'fundsAvailable'
    | 'errorCode'
    | 'errorDescription'
  >
>;

/** What else is known when the record is locked. */
export interface Surroundings {
  /** Another payment of the same order that has succeeded. */
  readonly paidAlready: boolean;
}

/** Tells whether a state is an end that nothing changes. */
export function isSettled(state: TrackedState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'mismatch';
}
