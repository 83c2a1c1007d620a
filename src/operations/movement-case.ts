import type { TrackedKind, TrackedReason, TrackedRecord } from 'nestjs-glomopay';
import { displayAmount } from '../catalogue/catalogue.js';
import { type Html, html } from '../storefront/html.js';
import { fact, moment } from './case-parts.js';

const advice: Readonly<Record<TrackedReason, string>> = {
  rejected: 'The gateway refused the payment.',
  not_sent: 'The payment was never sent.',
  never_arrived: 'The gateway does not know the payment.',
  amount_differs: 'The gateway charged another amount than was asked for.',
  currency_differs: 'The gateway charged another currency than was asked for.',
  order_differs: 'The gateway has the payment under another order.',
  duplicate_charge: 'A second payment of an order that was paid already: refund one of the two.',
  terminal_conflict: 'The gateway first said one outcome and later another.',
  arrived_late:
    'The gateway has a payment for it after all, though it had been reported as failed.',
  charged_late: 'The buyer was charged after it had been reported as failed: deliver, or refund.',
  unexpected_success:
    'A payment of the order succeeded that the shop did not ask for: deliver, or refund.',
  no_outcome: 'The gateway had no outcome within all checks: ask its support.',
  ambiguous: 'The gateway has several payments under one request id.',
  handler_failed: 'The shop kept failing to write the outcome down: see its log.',
  compliance_rejected:
    'Compliance refused the payment after its success, and the money goes back: stop, or take back, what was delivered.',
  over_refunded: 'The refunds of the payment add up to more than it was.',
  payin_ended: 'It ended without being paid.',
};

const kinds: Readonly<Record<TrackedKind, string>> = {
  payment: 'Payment',
  refund: 'Refund',
  collection: 'Collection',
};

/** Where a movement of money is shown by itself. */
export function addressOf({ kind, requestId }: Pick<TrackedRecord, 'kind' | 'requestId'>): string {
  return `/operations/movements/${kind}/${encodeURIComponent(requestId)}`;
}

/** What moves money, over how much. */
export function nameOf({ kind, amount, currency }: TrackedRecord): string {
  return `${kinds[kind]} of ${displayAmount(amount, currency)}`;
}

/** Why a person has to look at a movement. */
export function adviceFor({ reason }: Pick<TrackedRecord, 'reason'>): string {
  return reason === null ? 'Nobody could find out what became of it.' : advice[reason];
}

/** What is known of a movement. */
export function movementFacts(record: TrackedRecord): Html {
  const { state, reason } = record;
  return html`<dl class="receipt">
    ${fact('State', reason === null ? state : `${state}, ${reason}`)}
    ${fact('Gateway says', record.gatewayStatus)} ${fact('Id', record.objectId)}
    ${fact('About', record.subjectId)} ${fact('Started', moment(record.createdAt))}
    ${fact('Looked at', `${record.checks} times`)}
    ${fact('Reference', html`<span class="reference">${record.reference}</span>`)}
  </dl>`;
}

/** A movement that a person has to look at, why, and the way to it. */
export function movementCase(record: TrackedRecord): Html {
  return html`<li class="panel case">
    <h3>${nameOf(record)}</h3>
    <p>${adviceFor(record)}</p>
    ${movementFacts(record)}
    <p class="actions">
      <a class="quiet" href="${addressOf(record)}" aria-label="Open: ${record.requestId}">Open</a>
    </p>
  </li>`;
}
