import type { BankDecision } from './bank-decision.js';
import { begun, type GatewayRecord } from './gateway-objects.js';
import { notFound, refusal } from './scripted-answer.js';
import type { Begun, Body, ScriptedResource } from './scripted-resource.js';

/** Refunds of payments. How much of one is refunded already is not counted: script a refusal for that. */
export const REFUNDS: ScriptedResource = {
  path: '/api/v1/refunds',
  prefix: 'refund',
  kind: 'Refund',
  begin: beginRefund,
  createdStatus: 202,
  completed: completedRefund,
};

function beginRefund(body: Body, find: (id: unknown) => GatewayRecord | undefined): Begun {
  const payment = find(body['payment_id']);
  if (payment === undefined) return { refusal: notFound('Payment') };
  if (payment['status'] !== 'success') {
    return { refusal: refusal(400, 'Refund creation failed', 'Payment is not successful') };
  }
  return { record: refundOf(payment, body) };
}

/** In this gateway a buyer is charged what is settled, so both amounts are the same. */
function refundOf(payment: GatewayRecord, body: Body): GatewayRecord {
  const { converted_amount: whole, converted_currency: currency } = payment;
  const amount = body['amount'] ?? whole;
  const none = { amount: 0, currency };
  return {
    customer_id: payment['customer_id'],
    payment_id: payment.id,
    reason: body['reason'],
    fees: { fx_fees: none, txn_fees: none },
    balance_used: { amount, currency },
    documents: [],
    currency,
    amount,
    utr: null,
    partial_refund: Number(amount) < Number(whole),
    ...begun('refund'),
    status: 'in_progress',
  };
}

function completedRefund(
  refund: GatewayRecord,
  decision: BankDecision,
  now: string,
): GatewayRecord {
  const change =
    decision === 'approve' ? { status: 'success', utr: 'UTR0000000001' } : { status: 'failed' };
  return { ...refund, ...change, updated_at: now };
}
