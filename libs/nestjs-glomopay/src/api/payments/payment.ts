import type { PaymentId, SubscriptionId } from '../../values/ids.js';
import type { PaymentMethodDetails } from './payment-method.js';

/** Status of a payment. `success` and `failed` are final; a status that is not listed is not. */
export type PaymentStatus =
  'in_progress' | 'action_required' | 'under_review' | 'success' | 'failed' | (string & {});

/** Compliance beside the status; null unless the payment was screened. */
export type ComplianceStatus =
  'action_required' | 'under_review' | 'approved' | 'rejected' | (string & {});

/** One attempt to pay, as the gateway records it. */
export interface Payment {
  readonly id: PaymentId;
  /** Order, link or top-up that was paid; null on subscriptions and unmatched transfers. */
  readonly payinId: string | null;
  /** `payment_link`, `orders` or `add_funds`. */
  readonly payinType: string | null;
  readonly subscriptionId: SubscriptionId | null;
  readonly status: PaymentStatus;
  readonly complianceStatus: ComplianceStatus | null;
  /**
   * What you asked for, in minor units. Compare this with your order, with the currency. Null only on
   * a transfer that nobody asked for, which pays neither an order nor a subscription.
   */
  readonly requestedAmount: number | null;
  readonly requestedCurrency: string | null;
  /** What the buyer was charged, in minor units; may be another currency and include fees. */
  readonly paymentAmount: number | null;
  readonly paymentCurrency: string | null;
  /** What is settled, in minor units. */
  readonly convertedAmount: number | null;
  readonly convertedCurrency: string | null;
  readonly customerId: string | null;
  readonly merchantId: string | null;
  readonly purposeCode: string | null;
  readonly senderName: string | null;
  readonly notes: Readonly<Record<string, string>> | null;
  /** Why it failed: `PAYMENT_DECLINED`, `CARD_EXPIRED`, … */
  readonly errorCode: string | null;
  /** For the merchant. */
  readonly errorDescription: string | null;
  /** For the buyer; null when the reason is the merchant's only. */
  readonly customerErrorDescription: string | null;
  /** ISO 8601, UTC. */
  readonly paidAt: string | null;
  readonly feeBearer: string | null;
  readonly feeCollectionMode: string | null;
  readonly productName: string | null;
  readonly productDescription: string | null;
  readonly country: string | null;
  readonly settlementId: string | null;
  /** True once the money can be used. */
  readonly fundsAvailable: boolean;
  readonly paymentMethod: PaymentMethodDetails | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** The whole object as the gateway sent it, unknown members included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/**
 * Tells whether a status never changes again (docs/gateway.md, Payment statuses). Unknown ones may.
 */
export function isFinalPaymentStatus(status: PaymentStatus): status is 'success' | 'failed' {
  return status === 'success' || status === 'failed';
}
