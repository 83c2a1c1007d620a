import type { TrackedPayment } from 'nestjs-glomopay';
import type { CheckoutRow } from './checkout.row.js';
import type { Purchase, PurchaseStatus } from './purchase.js';

/**
 * A checkout that has no payment after this time never will: its process died before it sent a card.
 * Longer than any call to the gateway goes on.
 */
const NEVER_STARTED_MS = 15 * 60 * 1000;

/**
 * A purchase as our own database shows it. An outcome counts when the outcome handler has written
 * it; what keeps a payment from having one is in the tracker's record.
 */
export function purchaseOf(row: CheckoutRow, record: TrackedPayment | undefined): Purchase {
  return {
    reference: row.reference,
    sessionHash: row.sessionHash,
    productId: row.productId,
    amount: row.amount,
    currency: row.currency,
    orderRequestId: row.orderRequestId,
    paymentRequestId: row.paymentRequestId,
    orderId: row.orderId ?? record?.orderId ?? null,
    paymentId: row.paymentId ?? record?.paymentId ?? null,
    createdAt: row.createdAt,
    ...stateOf(row, record),
  };
}

function stateOf(
  row: CheckoutRow,
  record: TrackedPayment | undefined,
): Pick<Purchase, 'status' | 'failureCode'> {
  if (row.outcome !== null) {
    return { status: row.outcome, failureCode: row.failureCode };
  }
  if (record !== undefined) {
    return { status: withoutOutcome(record), failureCode: null };
  }
  if (row.ended !== null) {
    return { status: 'failed', failureCode: row.ended };
  }
  return Date.now() - Date.parse(row.createdAt) > NEVER_STARTED_MS
    ? { status: 'failed', failureCode: 'PAYMENT_NOT_STARTED' }
    : { status: 'pending', failureCode: null };
}

/** What a person has said of it comes before what the machine could not tell. */
function withoutOutcome({ state, resolution }: TrackedPayment): PurchaseStatus {
  if (state !== 'mismatch' && state !== 'needs_attention') return 'pending';
  switch (resolution) {
    case 'refunded':
      return 'returned';
    case 'acknowledged':
      return 'closed';
    default:
      return state;
  }
}
