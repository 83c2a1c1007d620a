import { decodePaymentMethod } from '../../api/payments/payment-method.js';
import { looseBoolean, looseInteger, looseObject, notes } from '../../wire/readers.js';
import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';

/** A payment at the time of an event. May be older than what you know; `Payment` is the truth. */
export type PaymentSnapshot = SnapshotOf<typeof paymentSnapshot>;

export const paymentSnapshot = snapshot({
  id: member('id'),
  /** Order, link or top-up that was paid. */
  payinId: member('payin_id'),
  /** `payment_link`, `orders` or `add_funds`. */
  payinType: member('payin_type'),
  subscriptionId: member('subscription_id'),
  status: member('status'),
  complianceStatus: member('compliance_status'),
  /** What you asked for, in minor units. */
  requestedAmount: member('requested_amount', looseInteger),
  requestedCurrency: member('requested_currency'),
  /** What the buyer was charged, in minor units. */
  paymentAmount: member('payment_amount', looseInteger),
  paymentCurrency: member('payment_currency'),
  /** What is settled, in minor units. */
  convertedAmount: member('converted_amount', looseInteger),
  convertedCurrency: member('converted_currency'),
  customerId: member('customer_id'),
  merchantId: member('merchant_id'),
  purposeCode: member('purpose_code'),
  senderName: member('sender_name'),
  notes: member('notes', notes),
  errorCode: member('error_code'),
  /** For the merchant. */
  errorDescription: member('error_description'),
  /** For the buyer. */
  customerErrorDescription: member('customer_error_description'),
  paidAt: member('paid_at'),
  feeBearer: member('fee_bearer'),
  feeCollectionMode: member('fee_collection_mode'),
  productName: member('product_name'),
  productDescription: member('product_description'),
  country: member('country'),
  settlementId: member('settlement_id'),
  /** True once the money can be used. */
  fundsAvailable: member('funds_available', looseBoolean),
  paymentMethod: member('payment_method', looseObject(decodePaymentMethod)),
  createdAt: member('created_at'),
  updatedAt: member('updated_at'),
});
