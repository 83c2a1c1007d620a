import type { ComplianceStatus } from '../../api/payments/payment.js';
import type { IdText } from '../../values/ids.js';
import { asPayment, type TrackedPayment } from './tracked-payment.js';
import type { TrackedReason, TrackedRecord } from '../store/tracked-record.js';

/** The outcome of a payment, as an `@OnPaymentOutcome()` method gets it, exactly once. */
export interface PaymentOutcome {
  readonly outcome: 'succeeded' | 'failed';
  /** Whether we started it (`payment`), or somebody was to pay elsewhere (`collection`). */
  readonly kind: TrackedPayment['kind'];
  readonly account: string;
  /** The host's own reference of the payment. */
  readonly reference: string;
  readonly requestId: string;
  /** Null when the gateway refused the request, or never got it, and when nobody has paid. */
  readonly paymentId: IdText<'payment'> | null;
  readonly orderId: IdText<'order'> | null;
  readonly paymentLinkId: IdText<'paymentLink'> | null;
  readonly subscriptionId: IdText<'subscription'> | null;
  /** As expected and confirmed, in minor units of `currency`; by hand, as expected. */
  readonly amount: number;
  readonly currency: string;
  /**
   * The gateway's own status: of the payment; where nobody has paid elsewhere, of the order, link or
   * subscription (`expired`, `cancelled`, …; `paid` when another record of yours has the payment).
   */
  readonly gatewayStatus: string | null;
  /** Whether the money can be used already. */
  readonly fundsAvailable: boolean;
  readonly complianceStatus: ComplianceStatus | null;
  /** Why it failed, by the gateway's code. */
  readonly errorCode: string | null;
  readonly errorDescription: string | null;
  /**
   * Why it failed without a payment: `rejected`, `not_sent`, `never_arrived`, `payin_ended`. Of a
   * success: `compliance_rejected`, when its money goes back already.
   */
  readonly reason: TrackedReason | null;
  /** Whether a person has settled it by hand; the gateway may say something else, or nothing. */
  readonly byHand: boolean;
}

/** The outcome of a record, or undefined while it has none that a handler may see. */
export function outcomeOf(record: TrackedRecord): PaymentOutcome | undefined {
  if (record.state !== 'succeeded' && record.state !== 'failed') return undefined;
  const { kind, orderId, paymentLinkId, subscriptionId } = asPayment(record);
  return {
    outcome: record.state,
    kind,
    account: record.account,
    reference: record.reference,
    requestId: record.requestId,
    paymentId: record.objectId,
    orderId,
    paymentLinkId,
    subscriptionId,
    amount: record.amount,
    currency: record.currency,
    gatewayStatus: record.gatewayStatus,
    fundsAvailable: record.fundsAvailable,
    complianceStatus: record.complianceStatus,
    errorCode: record.errorCode,
    errorDescription: record.errorDescription,
    reason: record.reason,
    byHand: record.resolution === record.state,
  };
}
