import { refundReasons } from 'nestjs-glomopay';
import { ShopRow } from '../database/shop-row.js';
import { type PurchaseRefund, refundStates } from './purchase-refund.js';

/** Reads one row of `refunds`. @throws {TypeError} the row is not one. */
export function readRefundRow(row: unknown): PurchaseRefund {
  const fields = new ShopRow('refunds', row);
  return {
    reference: fields.text('reference'),
    number: fields.count('number'),
    paymentId: fields.text('payment_id'),
    amount: fields.count('amount'),
    isWhole: fields.count('is_whole') === 1,
    reason: fields.oneOf('reason', refundReasons),
    state: fields.oneOf('state', refundStates),
    refundId: fields.textOrNull('refund_id'),
    refusal: fields.textOrNull('refusal'),
    createdAt: fields.text('created_at'),
  };
}
