/** A row of `checkouts`, with the row of `purchases` that belongs to it once there is one. */
export interface CheckoutRow {
  readonly reference: string;
  readonly sessionHash: string;
  readonly productId: string;
  readonly amount: number;
  readonly currency: string;
  readonly orderRequestId: string;
  readonly paymentRequestId: string;
  readonly ended: string | null;
  readonly createdAt: string;
  readonly outcome: 'succeeded' | 'failed' | null;
  readonly orderId: string | null;
  readonly paymentId: string | null;
  readonly failureCode: string | null;
}

/** Reads `checkouts` as `c`, joined with its outcome; to be followed by a condition. */
export const SELECT_CHECKOUTS = `
  SELECT c.*, p.outcome, p.order_id, p.payment_id, p.failure_code
  FROM checkouts c LEFT JOIN purchases p ON p.reference = c.reference`;

/** Reads one row. @throws {TypeError} the row is not one. */
export function readCheckoutRow(row: unknown): CheckoutRow {
  const fields = new Map<string, unknown>(Object.entries(row ?? {}));
  const text = (name: string): string => {
    const value = fields.get(name);
    if (typeof value !== 'string') {
      throw new TypeError(`checkouts: ${name} is not a text`);
    }
    return value;
  };
  const textOrNull = (name: string): string | null =>
    fields.get(name) === null ? null : text(name);
  const amount = fields.get('amount');
  const outcome = fields.get('outcome');
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) {
    throw new TypeError('checkouts: amount is not valid');
  }
  if (outcome !== null && outcome !== 'succeeded' && outcome !== 'failed') {
    throw new TypeError('purchases: outcome is not valid');
  }
  return {
    reference: text('reference'),
    sessionHash: text('session_hash'),
    productId: text('product_id'),
    amount,
    currency: text('currency'),
    orderRequestId: text('order_request_id'),
    paymentRequestId: text('payment_request_id'),
    ended: textOrNull('ended'),
    createdAt: text('created_at'),
    outcome,
    orderId: textOrNull('order_id'),
    paymentId: textOrNull('payment_id'),
    failureCode: textOrNull('failure_code'),
  };
}
