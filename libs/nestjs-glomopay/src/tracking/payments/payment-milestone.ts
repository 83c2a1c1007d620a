import type { ComplianceStatus } from '../../api/payments/payment.js';
import type { IdText } from '../../values/ids.js';
import type { Milestone } from '../movements/milestones.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { asPayment, type TrackedPayment } from './tracked-payment.js';

/** What has become of a payment after its success, as an `@OnPaymentMilestone()` method gets it. */
export interface PaymentMilestone {
  readonly milestone: Milestone;
  readonly account: string;
  /** Whether we started it (`payment`), or somebody paid elsewhere (`collection`). */
  readonly kind: TrackedPayment['kind'];
  /** The host's own reference of the payment. */
  readonly reference: string;
  readonly requestId: string;
  readonly paymentId: IdText<'payment'> | null;
  readonly orderId: IdText<'order'> | null;
  readonly subscriptionId: IdText<'subscription'> | null;
  /** As expected and confirmed, in minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  readonly complianceStatus: ComplianceStatus | null;
  /** Whether the money can be used. */
  readonly fundsAvailable: boolean;
}

/** A milestone of a record that has just come to it. */
export function milestoneOf(milestone: Milestone, record: TrackedRecord): PaymentMilestone {
  const payment = asPayment(record);
  return {
    milestone,
    account: payment.account,
    kind: payment.kind,
    reference: payment.reference,
    requestId: payment.requestId,
    paymentId: payment.paymentId,
    orderId: payment.orderId,
    subscriptionId: payment.subscriptionId,
    amount: payment.amount,
    currency: payment.currency,
    complianceStatus: payment.complianceStatus,
    fundsAvailable: payment.fundsAvailable,
  };
}
