import { displayAmount, findProduct } from '../../catalogue/catalogue.js';
import { isAtRest, type PurchaseProgress } from '../../payment-events/purchase-progress.service.js';
import type { Purchase } from '../../purchases/purchase.js';
import type { PurchaseRefund, RefundState } from '../../refunds/purchase-refund.js';
import { type Html, html } from '../html.js';
import type { Page } from '../page.js';
import { wordingOf } from '../purchase-wording.js';
import { eventTimeline } from './event-timeline.js';

/**
 * The confirmed state of a purchase. Its owner sees what was bought and what the gateway has told;
 * whoever else has the link, such as a buyer whose bank opened another browser, sees the state alone.
 */
export function purchasePage(
  progress: PurchaseProgress,
  isOwner: boolean,
): Omit<Page, 'isSandbox'> {
  const { purchase, events, refunds } = progress;
  const { title, text } = wordingOf(purchase, isOwner ? refunds : []);
  const isLive = isOwner && !isAtRest(progress);
  return {
    title,
    ...(isLive && {
      script: 'status.js' as const,
      head: html`<noscript><meta http-equiv="refresh" content="5" /></noscript>`,
    }),
    body: html`<article
      class="panel outcome ${purchase.status}"
      ${isLive ? html`id="live" data-reference="${purchase.reference}"` : undefined}
    >
      <span class="sign" aria-hidden="true"></span>
      <div ${isLive ? html`aria-live="polite"` : undefined}>
        <h1 id="state-title">${title}</h1>
        <p id="state-text" class="lead">${text}</p>
      </div>
      ${isOwner ? details(purchase, refunds) : undefined}
      ${isOwner ? eventTimeline(events, isLive) : undefined}
      ${isLive ? html`<p class="small">This page updates by itself.</p>` : undefined}
      <p class="actions">${nextStep(purchase, isOwner)}</p>
    </article>`,
  };
}

function details(purchase: Purchase, refunds: readonly PurchaseRefund[]): Html {
  return html`<dl class="receipt">
    <div>
      <dt>Item</dt>
      <dd>${findProduct(purchase.productId)?.name ?? purchase.productId}</dd>
    </div>
    <div>
      <dt>Amount</dt>
      <dd>${displayAmount(purchase.amount, purchase.currency)}</dd>
    </div>
    ${refunds.map((refund) => refundLine(refund, purchase.currency))}
    <div>
      <dt>Reference</dt>
      <dd class="reference">${purchase.reference}</dd>
    </div>
  </dl>`;
}

const refundWords: Readonly<Record<RefundState, string | undefined>> = {
  asked: 'in progress',
  in_progress: 'in progress',
  refunded: 'refunded',
  failed: 'failed',
  refused: undefined,
};

function refundLine({ amount, state }: PurchaseRefund, currency: string): Html {
  const words = refundWords[state];
  return words === undefined
    ? html``
    : html`<div>
        <dt>Refund</dt>
        <dd>${displayAmount(amount, currency)}, ${words}</dd>
      </div>`;
}

function nextStep(purchase: Purchase, isOwner: boolean): Html | undefined {
  switch (purchase.status) {
    case 'failed':
      return html`<a class="button" href="/">Try again</a>`;
    case 'pending':
      return isOwner
        ? html`<a class="quiet" href="/payments/${purchase.reference}">Check now</a>`
        : undefined;
    default:
      return html`<a class="quiet" href="/">Back to the shop</a>`;
  }
}
