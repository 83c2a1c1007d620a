import { type Html, html } from '../storefront/html.js';
import type { Page } from '../storefront/page.js';
import { moment } from './case-parts.js';
import type { OperationsOverview } from './operations.service.js';
import { parkedEvent } from './parked-event.js';
import { paymentCase } from './payment-case.js';

const notices = new Map<unknown, string>([
  ['begun', 'The event is being handled again. If it fails again, it comes back to this page.'],
  ['none', 'This event was not parked any more, so nothing was done.'],
]);

/** What is left for a person. `replay` is what the address says; only known words become a notice. */
export function operationsPage(
  { events, payments, parked, needingAttention }: OperationsOverview,
  replay: unknown,
): Omit<Page, 'isSandbox'> {
  const notice = notices.get(replay);
  return {
    title: 'Operations',
    body: html`<div class="operations">
      <h1>Operations</h1>
      ${notice && html`<p class="notice" role="status">${notice}</p>`}
      <dl class="counts">
        ${count('Events waiting', events.open, waitingSince(events.oldestOpenAt))}
        ${count('Events parked', events.failed)} ${count('Payments open', payments.open)}
        ${count('Payments that need attention', payments.needsAttention)}
      </dl>
      ${section('parked', 'Parked events', 'No event is parked.', parked.map(parkedEvent), events.failed)}
      ${section(
        'attention',
        'Payments that need attention',
        'No payment needs attention.',
        needingAttention.map(paymentCase),
        payments.needsAttention,
      )}
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
