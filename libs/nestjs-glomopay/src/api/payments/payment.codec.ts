import type { PaymentId, SubscriptionId } from '../../values/ids.js';
import {
  id,
  looseInteger,
  looseObject,
  looseText,
  minorUnits,
  notes,
  nullable,
  text,
} from '../../wire/readers.js';
import { WireObject } from '../../wire/wire-object.js';
import { decodePaymentMethod } from './payment-method.js';
import type { Payment } from './payment.js';

/**
 * Reads a payment. What money is decided by is checked: id, status, what it pays, the requested
 * amount and currency, which only a transfer that nobody asked for goes without. The rest is tolerated.
 */
export function decodePayment(body: unknown): Payment {
  const payment = new WireObject('payment', body);
  const payinId = payment.read('payin_id', nullable(text));
  const subscriptionId = payment.read(
    'subscription_id',
    nullable(id<SubscriptionId>('subscription')),
  );
  const isAskedFor = payinId !== null || subscriptionId !== null;
  return {
    id: payment.read('id', id<PaymentId>('payment')),
    payinId,
    payinType: payment.read('payin_type', looseText),
    subscriptionId,
    status: payment.read('status', text),
    complianceStatus: payment.read('compliance_status', nullable(text)),
    requestedAmount: payment.read(
      'requested_amount',
      isAskedFor ? minorUnits : nullable(minorUnits),
    ),
    requestedCurrency: payment.read('requested_currency', isAskedFor ? text : nullable(text)),
    paymentAmount: payment.read('payment_amount', looseInteger),
    paymentCurrency: payment.read('payment_currency', looseText),
    convertedAmount: payment.read('converted_amount', looseInteger),
    convertedCurrency: payment.read('converted_currency', looseText),
    customerId: payment.read('customer_id', looseText),
    merchantId: payment.read('merchant_id', looseText),
    purposeCode: payment.read('purpose_code', looseText),
    senderName: payment.read('sender_name', looseText),
    notes: payment.read('notes', notes),
    errorCode: payment.read('error_code', looseText),
    errorDescription: payment.read('error_description', looseText),
    customerErrorDescription: payment.read('customer_error_description', looseText),
    paidAt: payment.read('paid_at', looseText),
    feeBearer: payment.read('fee_bearer', looseText),
    feeCollectionMode: payment.read('fee_collection_mode', looseText),
    productName: payment.read('product_name', looseText),
    productDescription: payment.read('product_description', looseText),
    country: payment.read('country', looseText),
    settlementId: payment.read('settlement_id', looseText),
    fundsAvailable: payment.read('funds_available', (value) => value === true),
    paymentMethod: payment.read('payment_method', looseObject(decodePaymentMethod)),
    createdAt: payment.read('created_at', looseText),
    updatedAt: payment.read('updated_at', looseText),
    raw: payment.raw,
  };
}
