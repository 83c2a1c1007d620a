import type { RefundStatus } from '../../api/refunds/refund.js';
import type { IdText } from '../../values/ids.js';
import type { TrackedReason, TrackedRecord } from '../store/tracked-record.js';
import { asRefund } from './tracked-refund.js';

/**
 * The outcome of a refund, as an `@OnRefundOutcome()` method gets it, exactly once. The bank's reference
 * (`utr`) comes after it: listen to `refund.utr.updated`, or fetch the refund.
 */
export interface RefundOutcome {
  readonly outcome: 'succeeded' | 'failed';
  readonly account: string;
  /** The host's own reference of the refund. */
  readonly reference: string;
  readonly requestId: string;
  /** Null when the gateway refused the request, or never got it. */
  readonly refundId: IdText<'refund'> | null;
  /** The payment whose money goes back. */
  readonly paymentId: IdText<'payment'>;
  /** As asked for and confirmed, in minor units of `currency`. What the buyer gets can be in another one. */
  readonly amount: number;
  readonly currency: string;
  /** How it ended as the gateway spells it: a failed one may be `cancelled`. Null without a refund. */
  readonly gatewayStatus: RefundStatus | null;
  /** Why it failed without a refund: `rejected`, `not_sent`, `never_arrived`. */
  readonly reason: TrackedReason | null;
  /** Why the gateway refused it. */
  readonly errorCode: string | null;
  readonly errorDescription: string | null;
  /** Whether a person has settled it by hand; the gateway may say something else, or nothing. */
  readonly byHand: boolean;
}

/** The outcome of a record, or undefined while it has none that a handler may see. */
export function refundOutcomeOf(record: TrackedRecord): RefundOutcome | undefined {
  if (record.state !== 'succeeded' && record.state !== 'failed') return undefined;
  const refund = asRefund(record);
  return {
    outcome: record.state,
    account: refund.account,
    reference: refund.reference,
    requestId: refund.requestId,
    refundId: refund.refundId,
    paymentId: refund.paymentId,
    amount: refund.amount,
    currency: refund.currency,
    gatewayStatus: refund.gatewayStatus,
    reason: refund.reason,
    errorCode: refund.errorCode,
    errorDescription: refund.errorDescription,
    byHand: record.resolution === record.state,
  };
}
