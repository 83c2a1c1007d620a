import { refundReasons } from 'nestjs-glomopay';
import { type PurchaseRefund, refundStates } from './purchase-refund.js';

/** Reads one row of `refunds`. @throws {TypeError} the row is not one. */
export function readRefundRow(row: unknown): PurchaseRefund {
  const fields = new Map<string, unknown>(Object.entries(row ?? {}));
  const text = (name: string): string => {
    const value = fields.get(name);
    if (typeof value !== 'string') {
      throw new TypeError(`refunds: ${name} is not a text`);
    }
    return value;
  };
  const textOrNull = (name: string): string | null =>
    fields.get(name) === null ? null : text(name);
  const count = (name: string): number => {
    const value = fields.get(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      throw new TypeError(`refunds: ${name} is not valid`);
    }
    return value;
  };
  const oneOf = <T extends string>(name: string, known: readonly T[]): T => {
    const found = known.find((each) => each === fields.get(name));
    if (found === undefined) {
      throw new TypeError(`refunds: ${name} is not valid`);
    }
    return found;
  };
  return {
    reference: text('reference'),
    number: count('number'),
    paymentId: text('payment_id'),
    amount: count('amount'),
    isWhole: count('is_whole') === 1,
    reason: oneOf('reason', refundReasons),
    state: oneOf('state', refundStates),
    refundId: textOrNull('refund_id'),
    refusal: textOrNull('refusal'),
    createdAt: text('created_at'),
  };
}
