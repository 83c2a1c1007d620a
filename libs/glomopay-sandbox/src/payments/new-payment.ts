import { randomBytes } from 'node:crypto';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { newId } from '../books/object-id.js';
import type { Customer } from '../customers/customer.js';
import type { Rates } from '../money/rates.js';
import type { Order } from '../orders/order.js';
import { chargedAmount } from './charged-amount.js';
import { PAYMENT } from './payment.js';
import type { Payment, PaymentRecord } from './payment.js';
import type { PaymentRequest } from './read-payment.js';

/** What a new payment is made from. */
export interface NewPayment {
  readonly request: PaymentRequest;
  readonly order: Order;
  readonly customer: Customer | undefined;
  readonly merchantId: string;
  readonly rates: Rates;
}

/** A payment as it is before the buyer has answered. */
export function newPayment(parts: NewPayment, clock: Clock): PaymentRecord {
  const payment = paymentInProgress(parts, clock);
  const { requestId, callbackUrl, behaviour } = parts.request;
  return {
    id: payment.id,
    created_at: payment.created_at,
    payment,
    requestId,
    callbackUrl,
    customerName: parts.customer?.name ?? '',
    behaviour,
    authToken: randomBytes(24).toString('base64url'),
  };
}

function paymentInProgress({ request, order, ...parts }: NewPayment, clock: Clock): Payment {
  const now = timestamp(clock);
  const charged = chargedAmount(order, parts.rates);
  return {
    id: newId(PAYMENT.idPrefix, clock),
    payin_id: order.id,
    payin_type: 'orders',
    subscription_id: null,
    status: 'in_progress',
    compliance_status: null,
    rfi: null,
    payment_currency: charged.currency,
    payment_amount: charged.amount,
    converted_currency: order.currency,
    converted_amount: order.amount,
    requested_currency: order.currency,
    requested_amount: order.amount,
    purpose_code: order.purpose_code,
    sender_name: request.card.card_holder_name,
    notes: request.notes,
    error_code: null,
    error_description: null,
    customer_error_description: null,
    paid_at: null,
    fee_bearer: 'merchant',
    fee_collection_mode: 'immediate',
    customer_id: order.customer_id,
    merchant_id: parts.merchantId,
    product_name: order.product?.name ?? null,
    product_description: order.product?.description ?? null,
    country: parts.customer?.country ?? '',
    fees: null,
    fee_breakdown: null,
    documents: [],
    settlement_id: null,
    funds_available: false,
    payment_method: { type: 'card', details: request.card },
    created_at: now,
    updated_at: now,
  };
}
