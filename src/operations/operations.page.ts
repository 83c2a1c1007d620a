import type { RefundAnswer } from '../refunds/refund-desk.js';
import { type Html, html } from '../storefront/html.js';
import type { Page } from '../storefront/page.js';
import { moment } from './case-parts.js';
import { movementCase } from './movement-case.js';
import type { OperationsOverview } from './operations.service.js';
import { parkedEvent } from './parked-event.js';
import { refundCase } from './refund-case.js';

const replays = new Map<unknown, string>([
  ['begun', 'The event is being handled again. If it fails again, it comes back to this page.'],
  ['none', 'This event was not parked any more, so nothing was done.'],
]);

const refundAnswers: Readonly<Record<RefundAnswer | 'unreadable', string>> = {
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
const refundNotices = new Map<unknown, string>(Object.entries(refundAnswers));

/** What the address of the page says; only known words become a notice. */
export interface OperationsQuery {
  readonly replay?: unknown;
  readonly refund?: unknown;
}

/** What is left for a person, and what was paid. */
export function operationsPage(
  { events, movements, parked, needingAttention, paid }: OperationsOverview,
  { replay, refund }: OperationsQuery,
  reconciliation: Html,
): Omit<Page, 'isSandbox'> {
  const notice = replays.get(replay) ?? refundNotices.get(refund);
  return {
    title: 'Operations',
    body: html`<div class="operations">
      <h1>Operations</h1>
      ${notice && html`<p class="notice" role="status">${notice}</p>`}
      <dl class="counts">
        ${count('Events waiting', events.open, waitingSince(events.oldestOpenAt))}
        ${count('Events parked', events.failed)}
        ${count('Payments and refunds open', movements.open)}
        ${count('Payments and refunds that need attention', movements.needsAttention)}
      </dl>
      ${section('parked', 'Parked events', 'No event is parked.', parked.map(parkedEvent), events.failed)}
      ${section(
        'attention',
        'Payments and refunds that need attention',
        'No payment and no refund needs attention.',
        needingAttention.map(movementCase),
        movements.needsAttention,
      )}
      ${section('paid', 'Paid purchases', 'No purchase has been paid.', paid.map(refundCase), paid.length)}
      ${reconciliation}
      <p class="actions"><a class="quiet" href="/operations">Look again</a></p>
    </div>`,
  };
}

function count(name: string, value: number, note?: Html): Html {
  return html`<div class="panel">
    <dt>${name}</dt>
    <dd>${value}</dd>
    ${note}
  </div>`;
}

function waitingSince(oldest: Date | null): Html | undefined {
  return oldest === null
    ? undefined
    : html`<dd class="small">the oldest since ${moment(oldest)}</dd>`;
}

function section(
  id: string,
  title: string,
  none: string,
  cases: readonly Html[],
  total: number,
): Html {
  return html`<section aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${
      cases.length === 0
        ? html`<p>${none}</p>`
        : html`<ul class="cases">
            ${cases}
          </ul>`
    }
    ${total > cases.length ? html`<p class="small">${cases.length} of ${total} are shown.</p>` : undefined}
  </section>`;
}
