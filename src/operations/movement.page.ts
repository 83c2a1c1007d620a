import { type HistoryLine, type TrackedRecord, watcherOf } from 'nestjs-glomopay';
import { type Html, html } from '../storefront/html.js';
import type { Page } from '../storefront/page.js';
import { fact, moment } from './case-parts.js';
import { adviceFor, movementFacts, nameOf } from './movement-case.js';
import type { ClosingAnswer, Movement } from './movement-desk.js';
import { resolutionForm } from './resolution-form.js';

const answers: Readonly<Record<ClosingAnswer | 'unreadable', string>> = {
  closed: 'It is closed. Should the gateway say something new, it comes back to the list.',
  open: 'It still waits for its outcome, so nothing was done.',
  needs_nobody: 'It has ended and needs nobody, so nothing was done.',
  resolved: 'Somebody was faster, so nothing was done: see below who, and how.',
  outcome_stands:
    'Its outcome was told and stands. Acknowledge it, or say that the money went back.',
  not_asked_for: 'The shop did not ask for it. Acknowledge it, or say that the money went back.',
  paid_already: 'The order was paid by another payment, so this one was not made a success.',
  left_to_others: 'This process lacks handlers of outcomes, so nothing was done.',
  bad_note:
    'Nothing was done: say why in at most 1000 characters, without a card number, a security code or a key.',
  bad_name: 'Nothing was done: your user name stands in the history, so log in under a proper one.',
  unreadable: 'Nothing was done: choose how to close it, and say why.',
};
const notices = new Map<unknown, string>(Object.entries(answers));

/** One movement of money: what is known, what became of it step by step, and the form to close it. */
export function movementPage(
  { record, history }: Movement,
  { answer }: { readonly answer?: unknown },
): Omit<Page, 'isSandbox'> {
  const notice = notices.get(answer);
  return {
    title: nameOf(record),
    body: html`<div class="operations">
      <h1>${nameOf(record)}</h1>
      ${notice && html`<p class="notice" role="status">${notice}</p>`}
      <section class="panel case" aria-labelledby="known-title">
        <h2 id="known-title">What is known</h2>
        ${movementFacts(record)} ${closingOf(record)}
      </section>
      <section class="timeline" aria-labelledby="history-title">
        <h2 id="history-title">What became of it</h2>
        <ol>
          ${history.map(line)}
        </ol>
      </section>
      <p class="actions"><a class="quiet" href="/operations">All that is left</a></p>
    </div>`,
  };
}

function closingOf(record: TrackedRecord): Html | undefined {
  if (record.resolution !== null) {
    return html`<dl class="receipt">
      ${fact('Closed as', record.resolution)} ${fact('By', record.resolvedBy)}
      ${fact('Why', record.resolutionNote)}
    </dl>`;
  }
  if (watcherOf(record) !== 'person') {
    return undefined;
  }
  return html`<p>${adviceFor(record)}</p>
    ${resolutionForm(record)}`;
}

function line({ at, to, reason, gatewayStatus, witness, note }: HistoryLine): Html {
  const parts = [
    reason === null ? to : `${to}, ${reason}`,
    gatewayStatus === null ? undefined : `gateway says ${gatewayStatus}`,
    `by ${witness.id === null ? witness.kind : `${witness.kind} ${witness.id}`}`,
    note ?? undefined,
  ];
  return html`<li>${parts.filter((part) => part !== undefined).join(' · ')} ${moment(at)}</li>`;
}
