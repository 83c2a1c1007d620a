import type { RefundAnswer } from '../refunds/refund-desk.js';
import { html } from '../storefront/html.js';
import type { Page } from '../storefront/page.js';
import { type PaidPurchase, refundCase } from './refund-case.js';

const answers: Readonly<Record<RefundAnswer | 'unreadable', string>> = {
  in_progress: 'The gateway has the refund. It says when it has ended.',
  refunded: 'The money is back.',
  failed: 'The gateway took the refund, and it failed. You can ask for another one.',
  refused: 'The gateway refused the refund: see below. Nothing was refunded.',
  asked: 'Nobody knows whether the gateway has the refund. Ask again: that makes no second one.',
  not_paid: 'This purchase was not paid, so nothing was done.',
  outdated: 'Another refund was asked for meanwhile, so nothing was done. Look again.',
  too_much: 'There is not that much left to refund, so nothing was done.',
  obstacle: 'This payment cannot be refunded so: the log says why. Nothing was done.',
  unasked: 'The gateway could not be asked about the payment. Nothing was done: try again later.',
  unreadable:
    'An amount is digits, with at most as many decimals as its currency. Nothing was done.',
};
const notices = new Map<unknown, string>(Object.entries(answers));

/** What the address of the page says; only known words become a notice. */
export interface RefundsQuery {
  readonly refund?: unknown;
}

/** What was paid, newest first, each with its refunds and a form for the next one. */
export function refundsPage(
  paid: readonly PaidPurchase[],
  { refund }: RefundsQuery,
): Omit<Page, 'isSandbox'> {
  const notice = notices.get(refund);
  return {
    title: 'Paid purchases',
    body: html`<div class="operations">
      <h1>Paid purchases</h1>
      ${notice && html`<p class="notice" role="status">${notice}</p>`}
      ${
        paid.length === 0
          ? html`<p>No purchase has been paid.</p>`
          : html`<ul class="cases">
              ${paid.map(refundCase)}
            </ul>`
      }
      <p class="actions">
        <a class="quiet" href="/operations/refunds">Look again</a>
        <a class="quiet" href="/operations">Operations</a>
      </p>
    </div>`,
  };
}
