import type { Order } from '../orders/order.js';
import type { OrderBook } from '../orders/order-book.js';
import type { Payment } from '../payments/payment.js';
import type { PaymentLedger } from '../payments/payment-ledger.js';
import type { SandboxWebhooks } from '../webhooks/sandbox-webhooks.js';
import type { DeliveryState } from '../webhooks/webhook-delivery.js';

/** The answer of `GET /_sandbox/state`: what exists, without card data and keys. */
export interface SandboxState {
  readonly counts: { readonly orders: number; readonly payments: number };
  readonly orders: readonly OrderSummary[];
  readonly payments: readonly PaymentSummary[];
  readonly webhooks: WebhookSummary;
}

export interface WebhookSummary {
  readonly endpoints: readonly string[];
  readonly events: number;
  readonly deliveries: Readonly<Record<DeliveryState, number>>;
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
  readonly webhooks: SandboxWebhooks;
}): SandboxState {
  const orders = context.orders.list().map(summaryOfOrder);
  const payments = context.payments
    .list()
    .map(({ payment, requestId }) => summaryOfPayment(payment, requestId));
  const counts = { orders: orders.length, payments: payments.length };
  return { counts, orders, payments, webhooks: summaryOfWebhooks(context.webhooks) };
}

function summaryOfWebhooks(webhooks: SandboxWebhooks): WebhookSummary {
  const deliveries = webhooks.deliveries();
  const having = (wanted: DeliveryState) => deliveries.filter(({ state }) => state === wanted);
  return {
    endpoints: webhooks.endpoints,
    events: webhooks.events().length,
    deliveries: {
      pending: having('pending').length,
      delivered: having('delivered').length,
      given_up: having('given_up').length,
    },
  };
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
