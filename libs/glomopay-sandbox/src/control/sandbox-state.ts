import type { Order } from '../orders/order.js';
import type { OrderBook } from '../orders/order-book.js';
import type { Payment } from '../payments/payment.js';
import type { PaymentLedger } from '../payments/payment-ledger.js';

/** The answer of `GET /_sandbox/state`: what exists, without card data and keys. */
export interface SandboxState {
  readonly counts: { readonly orders: number; readonly payments: number };
  readonly orders: readonly OrderSummary[];
  readonly payments: readonly PaymentSummary[];
}

export type OrderSummary = Pick<
  Order,
  'id' | 'customer_id' | 'status' | 'amount' | 'currency' | 'request_id' | 'created_at'
>;

export type PaymentSummary = Pick<
  Payment,
  | 'id'
  | 'payin_id'
  | 'status'
  | 'error_code'
  | 'requested_amount'
  | 'requested_currency'
  | 'created_at'
  | 'updated_at'
> & { readonly request_id: string | null };

/** Newest first. */
export function sandboxState(context: {
  readonly orders: OrderBook;
  readonly payments: PaymentLedger;
}): SandboxState {
  const orders = context.orders.list().map(summaryOfOrder);
  const payments = context.payments
    .list()
    .map(({ payment, requestId }) => summaryOfPayment(payment, requestId));
  return { counts: { orders: orders.length, payments: payments.length }, orders, payments };
}

function summaryOfOrder(order: Order): OrderSummary {
  const { id, customer_id, status, amount, currency, request_id, created_at } = order;
  return { id, customer_id, status, amount, currency, request_id, created_at };
}

function summaryOfPayment(payment: Payment, request_id: string | null): PaymentSummary {
  const { id, payin_id, status, error_code, created_at, updated_at } = payment;
  const { requested_amount, requested_currency } = payment;
  return {
    id,
    payin_id,
    status,
    error_code,
    requested_amount,
    requested_currency,
    request_id,
    created_at,
    updated_at,
  };
}
