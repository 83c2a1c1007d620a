import type { SandboxAccount } from '../account.js';
import type { Panel } from '../books/resource.js';
import { html } from '../html/html.js';
import type { Html } from '../html/html.js';
import type { PageContent } from '../html/page.js';
import { shield } from '../html/parts.js';
import type { WebhookDelivery } from '../webhooks/webhook-delivery.js';
import { deliveryRow } from './delivery-row.js';

/** What the page at `/` shows. */
export interface DashboardView {
  readonly origin: string;
  readonly account: SandboxAccount;
  readonly demoCustomerId: string | undefined;
  /** In the order of the table of resources. */
  readonly panels: readonly Panel[];
  /** Newest first. */
  readonly deliveries: readonly WebhookDelivery[];
}

/** How many of a kind the page lists. */
export const SHOWN = 50;

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
        ${tiles(view.panels)} ${view.panels.toReversed().map(panelSection)}
        ${section('Webhooks', view.deliveries.length, deliveryRows(view.deliveries))}
        ${settings(view.account)} ${start(view)}
      </main>`,
  };
}

function tiles(panels: readonly Panel[]): Html {
  const all = panels.flatMap((panel) => panel.tiles);
  return html`<dl class="tiles">${all.map(({ label, count }) => tile(label, count))}</dl>`;
}

function tile(label: string, count: number): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${count}</dd>
  </div>`;
}

function panelSection({ title, count, rows }: Panel): Html {
  return section(title, count, rows);
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

function deliveryRows(deliveries: readonly WebhookDelivery[]): Html[] {
  return deliveries.slice(0, SHOWN).map(deliveryRow);
}

function settings(account: SandboxAccount): Html {
  const rows = Object.entries(account).map(
    ([name, value]) =>
      html`<li>
        <code>${name}</code> <span class="what"><code>${JSON.stringify(value)}</code></span>
      </li>`,
  );
  return html`<section>
    <h2>Account</h2>
    <ol class="rows">
      ${rows}
    </ol>
  </section>`;
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
