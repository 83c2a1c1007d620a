import type { BankDecision } from './bank-decision.js';
import { newId, timestamp, type GatewayRecord } from './gateway-objects.js';
import { notFound, refusal } from './scripted-answer.js';
import type { Begun, Body, ScriptedResource } from './scripted-resource.js';

/** Card payments of orders, the first one of a subscription, and its further charges. */
export const PAYMENTS: ScriptedResource = {
  path: '/api/v1/payments',
  prefix: 'payt',
  kind: 'Payment',
  filters: { payment_type: 'payin_type', currency: 'requested_currency' },
  begin: beginPayment,
  created: startedPayment,
  completed,
};

function beginPayment(body: Body, find: (id: unknown) => GatewayRecord | undefined): Begun {
  if (body['order_id'] === undefined) return beginOfSubscription(body, find);
  const order = find(body['order_id']);
  if (order === undefined) return { refusal: notFound('Order') };
  if (order['status'] !== 'active') {
    return { refusal: refusal(400, 'Bad Request', 'Order is already paid') };
  }
  const payin = { payin_id: order.id, payin_type: 'orders', subscription_id: null };
  return { record: paymentOf(order, payin, body, timestamp()) };
}

/** The sign-up to a subscription, which is of its own amount; or a charge, of which no buyer is asked. */
function beginOfSubscription(body: Body, find: (id: unknown) => GatewayRecord | undefined): Begun {
  const subscription = find(body['subscription_id']);
  if (subscription === undefined) return { refusal: notFound('Subscription') };
  const { amount, currency } = isCharge(body) ? body : subscription;
  const payin = { payin_id: null, payin_type: null, subscription_id: subscription.id };
  return { record: paymentOf({ ...subscription, amount, currency }, payin, body, timestamp()) };
}

function isCharge({ sequence }: Body): boolean {
  return sequence === 'subsequent';
}

/** A payment before the bank has answered. Of the card it has what the mask shows. */
function paymentOf(paid: GatewayRecord, payin: Body, body: Body, now: string): GatewayRecord {
  const { amount, currency } = paid;
  return {
    id: newId('payt'),
    ...payin,
    status: 'in_progress',
    compliance_status: null,
    requested_amount: amount,
    requested_currency: currency,
    payment_amount: amount,
    payment_currency: currency,
    converted_amount: amount,
    converted_currency: currency,
    purpose_code: paid['purpose_code'] ?? null,
    sender_name: null,
    notes: body['notes'] ?? null,
    error_code: null,
    error_description: null,
    customer_error_description: null,
    paid_at: null,
    fee_bearer: 'merchant',
    customer_id: paid['customer_id'],
    merchant_id: 'merch_test',
    funds_available: false,
    payment_method: { type: 'card', details: cardDetails(body['card']) },
    created_at: now,
    updated_at: now,
  };
}

/** What the gateway answers: where to ask, and to a card the way to the bank. */
function startedPayment({ id }: GatewayRecord, path: string, body: Body): object {
  const url = `https://secure.glomopay.test/3ds?paymentId=${id}`;
  const poll = { url: `https://api.glomopay.test${path}/${id}`, interval_in_ms: 5000 };
  return {
    payment_id: id,
    status: 'pending',
    next_steps: [
      ...(isCharge(body) ? [] : [{ action: 'redirect', payload: { url } }]),
      { action: 'poll', payload: poll },
    ],
  };
}

/** A payment after the bank has decided. */
function completed(payment: GatewayRecord, decision: BankDecision, now: string): GatewayRecord {
  const change =
    decision === 'approve'
      ? { status: 'success', paid_at: now, funds_available: true }
      : {
          status: 'failed',
          error_code: 'PAYMENT_DECLINED',
          error_description: 'The payment was declined by the issuing bank',
          customer_error_description: 'Your bank declined the payment. Please try another card.',
        };
  return { ...payment, ...change, updated_at: now };
}

function cardDetails(card: unknown): object {
  const number: unknown =
    typeof card === 'object' && card !== null ? Reflect.get(card, 'number') : '';
  const shown = typeof number === 'string' ? number : '';
  return {
    card_network: 'visa',
    card_type: 'credit',
    card_bin: shown.slice(0, 6),
    end_digits: shown.slice(-4),
    card_holder_name: null,
    country_code: 'US',
    issuer_name: 'Test Bank',
  };
}
