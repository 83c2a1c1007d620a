import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import type { Html } from '../html/html.js';
import type { PageContent } from '../html/page.js';
import { shield, simulationBanner } from '../html/parts.js';
import type { PayinStatus } from '../payins/payin-status.js';
import type { LinkRecord } from './payment-link.js';

/** What the page says of a link that takes no money now. */
const ENDED: Partial<Record<PayinStatus, string>> = {
  paid: 'This payment link has been paid.',
  expired: 'This payment link has expired.',
  cancelled: 'The merchant has cancelled this payment link.',
};

/** The page at which a link is paid. Plain forms, no script. */
export function linkPage({ link, token }: LinkRecord, merchantName: string): PageContent {
  const ways = link.payment_methods.map((method) =>
    method === 'card' ? card(token) : transfer(link),
  );
  const ended = ENDED[link.status] ?? 'This payment link takes no money now.';
  return page(
    link.status === 'active' ? `Pay ${merchantName}` : ended,
    html`<p class="amount">${formatAmount(link)}</p>
      <p>${link.product?.name ?? link.invoice_description ?? merchantName}</p>
      ${link.status === 'active' ? unique(ways) : html``}`,
  );
}

/** For an address that leads to no link. */
export function unknownLinkPage(): PageContent {
  return page('There is no such payment link', html`<p>Open the exact address of the link.</p>`);
}

function card(token: string): Html {
  return html`<form method="post" action="/payment-links/${token}">
    <button class="primary" name="method" value="card">Pay with a test card</button>
  </form>`;
}

function transfer({ id }: LinkRecord['link']): Html {
  return html`<p class="hint">
    Or pay by a transfer: <code>POST /api/v1/payment/mock</code> with <code>payin_id</code>
    <code>${id}</code>.
  </p>`;
}

/** One entry for both kinds of transfer. */
function unique(ways: readonly Html[]): Html[] {
  return [...new Map(ways.map((way) => [way.text, way])).values()];
}

function page(heading: string, body: Html): PageContent {
  return {
    title: `${heading} · Sandbox payment link`,
    body: html`${simulationBanner}
      <main class="sheet">
        <header class="bank">${shield}<span>Payment link</span></header>
        <h1>${heading}</h1>
        ${body}
      </main>`,
  };
}
