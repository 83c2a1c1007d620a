import { ShopRow } from '../database/shop-row.js';
import type { Purchase } from './purchase.js';

/** A row of `checkouts`, with the row of `purchases` that belongs to it once there is one. */
export interface CheckoutRow extends Omit<Purchase, 'status'> {
  readonly ended: string | null;
  readonly outcome: 'succeeded' | 'failed' | null;
}

/** Reads `checkouts` as `c`, joined with its outcome; to be followed by a condition. */
export const SELECT_CHECKOUTS = `
  SELECT c.*, p.outcome, p.order_id, p.payment_id, p.failure_code
  FROM checkouts c LEFT JOIN purchases p ON p.reference = c.reference`;

/** Reads one row. @throws {TypeError} the row is not one. */
export function readCheckoutRow(row: unknown): CheckoutRow {
  const fields = new ShopRow('checkouts', row);
  return {
    reference: fields.text('reference'),
    sessionHash: fields.text('session_hash'),
    productId: fields.text('product_id'),
    amount: fields.count('amount'),
    currency: fields.text('currency'),
    orderRequestId: fields.text('order_request_id'),
    paymentRequestId: fields.text('payment_request_id'),
    ended: fields.textOrNull('ended'),
    createdAt: fields.text('created_at'),
    outcome: fields.oneOfOrNull('outcome', ['succeeded', 'failed']),
    orderId: fields.textOrNull('order_id'),
    paymentId: fields.textOrNull('payment_id'),
    failureCode: fields.textOrNull('failure_code'),
  };
}
