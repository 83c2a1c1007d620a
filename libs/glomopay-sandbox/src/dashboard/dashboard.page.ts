import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import type { Html } from '../html/html.js';
import type { PageContent } from '../html/page.js';
import { shield } from '../html/parts.js';
import type { Order } from '../orders/order.js';
import type { Payment } from '../payments/payment.js';
import type { WebhookDelivery } from '../webhooks/webhook-delivery.js';
import { deliveryRow } from './delivery-row.js';
import { moment, pill } from './row-parts.js';

/** What the page at `/` shows. */
export interface DashboardView {
  readonly origin: string;
  readonly demoCustomerId: string | undefined;
  /** Newest first. */
  readonly orders: readonly Order[];
  readonly payments: readonly Payment[];
  readonly deliveries: readonly WebhookDelivery[];
}

const SHOWN = 50;

/** Orders, payments and webhooks at a glance; reloads by itself. */
export function dashboardPage(view: DashboardView): PageContent {
  return {
    title: 'Glomopay sandbox',
    refreshSeconds: 5,
    body: html`<header class="top">
        <p class="brand">${shield}<span>Glomopay sandbox</span></p>
        <p class="hint">A local stand-in for the gateway. Nothing here is real money.</p>
      </header>
      <main class="board">
        <h1>Orders, payments and webhooks</h1>
        ${tiles(view)} ${section('Payments', view.payments.length, paymentRows(view.payments))}
        ${section('Orders', view.orders.length, orderRows(view.orders))}
        ${section('Webhooks', view.deliveries.length, deliveryRows(view.deliveries))} ${start(view)}
      </main>`,
  };
}

function tiles({ orders, payments }: DashboardView): Html {
  return html`<dl class="tiles">
    ${tile('Orders', orders.length)} ${tile('Paid', having(orders, 'paid'))}
    ${tile('In progress', having(payments, 'in_progress'))}
    ${tile('Failed', having(payments, 'failed'))}
    ${tile('Need action', having(payments, 'action_required'))}
  </dl>`;
}

function having(items: readonly { status: string }[], status: string): number {
  return items.filter((item) => item.status === status).length;
}

function tile(label: string, count: number): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${count}</dd>
  </div>`;
}

function section(title: string, count: number, rows: readonly Html[]): Html {
  const body =
    rows.length > 0
      ? html`<ol class="rows">
          ${rows}
        </ol>`
      : html`<p class="empty">None yet.</p>`;
  const note =
    count > SHOWN ? html` <span class="hint">newest ${SHOWN} of ${count}</span>` : html``;
  return html`<section>
    <h2>${title}${note}</h2>
    ${body}
  </section>`;
}

function paymentRows(payments: readonly Payment[]): Html[] {
  return payments.slice(0, SHOWN).map((payment) => {
    const { card_network: network, end_digits: last4 } = payment.payment_method.details;
    const amount = { amount: payment.requested_amount, currency: payment.requested_currency };
    return html`<li>
      <code>${payment.id}</code>
      <span class="what">${network} •••• ${last4} for <code>${payment.payin_id}</code></span>
      <span class="money">${formatAmount(amount)}</span>
      ${pill(payment.status, payment.error_code)} ${moment(payment.created_at)}
    </li>`;
  });
}

function orderRows(orders: readonly Order[]): Html[] {
  return orders.slice(0, SHOWN).map(
    (order) =>
      html`<li>
        <code>${order.id}</code>
        <span class="what"
          >${order.product?.name ?? order.reference_number ?? 'No description'}</span
        >
        <span class="money">${formatAmount(order)}</span>
        ${pill(order.status, null)} ${moment(order.created_at)}
      </li>`,
  );
}

function deliveryRows(deliveries: readonly WebhookDelivery[]): Html[] {
  return deliveries.slice(0, SHOWN).map(deliveryRow);
}

function start({ origin, demoCustomerId }: DashboardView): Html {
  return html`<section>
    <h2>Start here</h2>
    <p>
      Send API calls to <code>${origin}/api/v1</code>. Keys:
      <code>GET ${origin}/_sandbox/keys</code>. A customer to begin with:
      <code>${demoCustomerId ?? 'none'}</code>.
    </p>
  </section>`;
}
