import { newId } from '../books/object-id.js';
import type { Payment } from '../payments/payment.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import type { RefundRequest } from './read-refund.js';
import { counts, REFUND, TO_BANK_MS } from './refund.js';
import type { Refund, RefundRecord } from './refund.js';
import type { Granted } from './refund-rules.js';

/** What a new refund is made from. */
export interface NewRefund {
  readonly request: RefundRequest;
  readonly payment: Payment;
  readonly earlier: readonly RefundRecord[];
  readonly granted: Granted;
}

export function newRefund(parts: NewRefund, clock: Clock): RefundRecord {
  const { request, payment, granted } = parts;
  const now = timestamp(clock);
  const none = { amount: 0, currency: granted.asked.currency };
  const refund: Refund = {
    id: newId(REFUND.idPrefix, clock),
    customer_id: payment.customer_id,
    payment_id: payment.id,
    reason: request.reason,
    fees: { fx_fees: none, txn_fees: none },
    balance_used: granted.asked,
    documents: documentsOf(request),
    status: 'in_progress',
    currency: payment.payment_currency,
    amount: chargedShare(parts),
    utr: null,
    partial_refund: granted.isPartial,
    created_at: now,
    updated_at: now,
  };
  return {
    id: refund.id,
    created_at: now,
    refund,
    requestId: request.requestId,
    asked: granted.asked,
    paymentMethod: payment.payment_method.type,
    sentAt: clock.now() + TO_BANK_MS,
  };
}

/**
 * The share of what the buyer was charged. The last one takes what the others have left, so that all
 * of them together are what was charged (INFERRED: how the gateway rounds is not documented).
 */
function chargedShare({ payment, earlier, granted: { asked } }: NewRefund): number {
  const before = earlier.filter(counts);
  const askedBefore = sum(before.map((record) => record.asked.amount));
  const { payment_amount: charged, converted_amount: whole } = payment;
  if (askedBefore + asked.amount >= whole) {
    return charged - sum(before.map(({ refund }) => refund.amount));
  }
  return Number((BigInt(asked.amount) * BigInt(charged)) / BigInt(whole));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, each) => total + each, 0);
}

/** INFERRED type. */
function documentsOf({ documentId }: RefundRequest): Refund['documents'] {
  return documentId === undefined
    ? []
    : [{ id: documentId, type: 'refund', status: 'uploaded', rfi_doc_id: null }];
}
