import { type Purchase, purchaseStatuses } from './purchase.js';

/** Reads one row of `purchases`. @throws {TypeError} the row is not one. */
export function readPurchaseRow(row: unknown): Purchase {
  const fields = new Map<string, unknown>(Object.entries(row ?? {}));
  const text = (name: string): string => {
    const value = fields.get(name);
    if (typeof value !== 'string') {
      throw new TypeError(`purchases.${name} is not a text`);
    }
    return value;
  };
  const textOrNull = (name: string): string | null =>
    fields.get(name) === null ? null : text(name);
  const amount = fields.get('amount');
  const status = purchaseStatuses.find((known) => known === fields.get('status'));
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || status === undefined) {
    throw new TypeError('purchases.amount or purchases.status is not valid');
  }
  return {
    reference: text('reference'),
    sessionHash: text('session_hash'),
    productId: text('product_id'),
    amount,
    currency: text('currency'),
    orderRequestId: text('order_request_id'),
    paymentRequestId: text('payment_request_id'),
    orderId: textOrNull('order_id'),
    paymentId: textOrNull('payment_id'),
    status,
    failureCode: textOrNull('failure_code'),
    createdAt: text('created_at'),
  };
}
