import type { IdText, PayinKind } from '../../values/ids.js';
import {
  id,
  looseBoolean,
  looseId,
  looseInteger,
  looseObject,
  looseObjects,
  minorUnits,
  notes,
  nullable,
  onlyTrue,
  openText,
  text,
} from '../../wire/readers.js';
import { may, must, shape, type ObjectOf, type SnapshotOf } from '../../wire/shape.js';
import { readAttachedDocument } from '../parts/documents.js';
import { readFeeBreakdown, readPaymentFees } from './payment-fees.js';
import { decodePaymentMethod } from './payment-method.js';
import { paymentRfi } from './payment-rfi.js';

/** Status of a payment. `success` and `failed` are final; a status that is not listed is not. */
export type PaymentStatus =
  'in_progress' | 'action_required' | 'under_review' | 'success' | 'failed' | (string & {});

/** Compliance beside the status; null unless the payment was screened. */
export type ComplianceStatus =
  'action_required' | 'under_review' | 'approved' | 'rejected' | (string & {});

/**
 * What money is decided by is checked: id, status, what it pays, the requested amount and currency.
 * The rest is tolerated.
 */
export const paymentShape = shape('payment', {
  id: must('id', id('payment')),
  /** Order, link or top-up that was paid; null on subscriptions and unmatched transfers. */
  payinId: must('payin_id', nullable(openText<IdText<PayinKind>>())),
  /** `payment_link`, `orders` or `add_funds`. */
  payinType: may('payin_type'),
  subscriptionId: must('subscription_id', nullable(id('subscription'))),
  status: must('status', openText<PaymentStatus>()),
  complianceStatus: must('compliance_status', nullable(openText<ComplianceStatus>())),
  /** What compliance wants to know, and until when; answer it with `payments.submitRfi`. */
  rfi: may('rfi', paymentRfi, 'rfi_id'),
  /**
   * What you asked for, in minor units. Compare this with your order, with the currency. Null only on
   * a transfer that nobody asked for, which pays neither an order nor a subscription; an event may
   * leave it out.
   */
  requestedAmount: must('requested_amount', nullable(minorUnits)),
  requestedCurrency: must('requested_currency', nullable(text)),
  /** What the buyer was charged, in minor units; may be another currency and include fees. */
  paymentAmount: may('payment_amount', looseInteger),
  paymentCurrency: may('payment_currency'),
  /** What is settled, in minor units. */
  convertedAmount: may('converted_amount', looseInteger),
  convertedCurrency: may('converted_currency'),
  customerId: may('customer_id', looseId<'customer'>()),
  merchantId: may('merchant_id', looseId<'merchant'>()),
  purposeCode: may('purpose_code'),
  senderName: may('sender_name'),
  notes: may('notes', notes),
  /** Why it failed: `PAYMENT_DECLINED`, `CARD_EXPIRED`, … */
  errorCode: may('error_code'),
  /** For the merchant. */
  errorDescription: may('error_description'),
  /** For the buyer; null when the reason is the merchant's only. */
  customerErrorDescription: may('customer_error_description'),
  /** ISO 8601, UTC. */
  paidAt: may('paid_at'),
  feeBearer: may('fee_bearer'),
  feeCollectionMode: may('fee_collection_mode'),
  /** Sums, which the gateway calls deprecated; null until it was paid. */
  fees: may('fees', looseObject(readPaymentFees)),
  /** Every fee, with its taxes. */
  feeBreakdown: may('fee_breakdown', looseObject(readFeeBreakdown)),
  productName: may('product_name'),
  productDescription: may('product_description'),
  country: may('country'),
  documents: may('documents', looseObjects(readAttachedDocument)),
  settlementId: may('settlement_id', looseId<'settlement'>()),
  /** True once the money can be used. */
  fundsAvailable: must('funds_available', onlyTrue),
  paymentMethod: may('payment_method', looseObject(decodePaymentMethod)),
  /** On subscriptions only: whether it was charged without the buyer. */
  autoDebit: may('auto_debit?', looseBoolean, 'auto_debit'),
  /** ISO 8601, UTC. */
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});

/** One attempt to pay, as the gateway records it. */
export interface Payment extends ObjectOf<typeof paymentShape> {}

/** A payment at the time of an event. May be older than what you know; `Payment` is the truth. */
export type PaymentSnapshot = SnapshotOf<typeof paymentShape>;

/** Reads a payment. One that pays something says which amount was asked for, in which currency. */
export function decodePayment(body: unknown): Payment {
  const payment = paymentShape.decode(body);
  if (payment.payinId === null && payment.subscriptionId === null) return payment;
  // For its error: of the two members that may be missing elsewhere, the one that is missing here.
  minorUnits(payment.requestedAmount, 'payment.requested_amount');
  text(payment.requestedCurrency, 'payment.requested_currency');
  return payment;
}

/**
 * Tells whether a status never changes again (docs/gateway.md, Payment statuses). Unknown ones may.
 */
export function isFinalPaymentStatus(status: PaymentStatus): status is 'success' | 'failed' {
  return status === 'success' || status === 'failed';
}
