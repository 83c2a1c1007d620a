import type { ReconciliationFinding } from '../../tracking/reconciliation/reconciliation-finding.js';
import type {
  TrackedKind,
  TrackedReason,
  TrackedRecord,
  TrackedResolution,
} from '../../tracking/store/tracked-record.js';
import { formatMinorUnits } from '../../values/money.js';
import { type Html, html } from '../html.js';

/** Why a record is where it is, and what to do. */
export const advice: Readonly<Record<TrackedReason, string>> = {
  rejected: 'The gateway refused it.',
  not_sent: 'It was never sent.',
  never_arrived: 'The gateway does not know it.',
  amount_differs: 'The gateway has another amount than was asked for: refund it, or accept it.',
  currency_differs: 'The gateway has another currency than was asked for: refund it, or accept it.',
  order_differs:
    'The gateway has it for something else than was asked for: refund it, or accept it.',
  duplicate_charge:
    'The order was paid already, and this is a second success: refund one of the two.',
  terminal_conflict:
    'The gateway first said one outcome and later another: undo what was done because of the first.',
  arrived_late:
    'It had failed, and the gateway has it after all, without an end so far: wait, and start no other one.',
  charged_late: 'It had failed, and the money has moved after all: deliver, or refund.',
  unexpected_success: 'Money has moved that nobody here asked for: deliver, or refund.',
  no_outcome: 'The gateway had no outcome for as long as was asked: ask its support.',
  ambiguous: 'The gateway has several under one request: find out which was charged.',
  handler_failed:
    'There is an outcome, and the application kept failing to write it down: mend it, or settle by hand.',
  compliance_rejected:
    'Compliance refused it after its success, and the money goes back: stop, or take back, what was delivered.',
  over_refunded: 'The refunds of the payment come to more than it was.',
  payin_ended: 'It has ended without being paid.',
};

/** What each way to close means, and what is asked before it is done. */
export const ways: Readonly<
  Record<TrackedResolution, { readonly name: string; readonly does: string; readonly ask?: string }>
> = {
  acknowledged: {
    name: 'Seen, and left as it is',
    does: 'Nobody is told. A later message of the gateway may still bring the outcome.',
  },
  refunded: {
    name: 'The money went back',
    does: 'Nobody is told, and nobody will hear of a success.',
  },
  succeeded: {
    name: 'It succeeded',
    does: 'Settles it for ever: the application is told, as of any success.',
    ask: 'Settle it as succeeded? The application is told, and this cannot be taken back.',
  },
  failed: {
    name: 'It failed',
    does: 'Settles it for ever: the application is told, as of any failure.',
    ask: 'Settle it as failed? The application is told, and this cannot be taken back.',
  },
};

export const findings: Readonly<Record<ReconciliationFinding['kind'], string>> = {
  missing_here: 'The gateway has it, and there is no record',
  missing_there: 'There is a record, and the gateway does not have it',
  amount: 'Another amount',
  currency: 'Another currency',
  subject: 'It pays something else',
  status: 'Another outcome',
  unreadable: 'The gateway lists something that cannot be read',
};

const kindNames: Readonly<Record<TrackedKind, string>> = {
  payment: 'Payment',
  refund: 'Refund',
  collection: 'Collection',
};

/** What moves money, over how much. */
export function nameOf({ kind, amount, currency }: TrackedRecord): string {
  return `${kindNames[kind]} of ${moneyOf(amount, currency)}`;
}

export function moneyOf(amount: number, currency: string): string {
  return `${formatMinorUnits(amount, currency)} ${currency}`;
}

/** Why a person has to look at it. */
export function adviceFor({ reason }: TrackedRecord): string {
  return reason === null ? 'Nobody could find out what became of it.' : advice[reason];
}

/** The state of a record as a mark. */
export function stateChip({ state, resolution }: TrackedRecord): Html {
  const isUnclear = state === 'needs_attention' || state === 'mismatch';
  const tone =
    state === 'succeeded'
      ? 'good'
      : isUnclear && resolution === null
        ? 'warn'
        : state === 'failed'
          ? 'bad'
          : '';
  return html`<span class="chip ${tone}">${state.replace('_', ' ')}</span>`;
}

/** A moment to the second, in UTC. */
export function moment(date: Date): Html {
  const text = date.toISOString();
  return html`<time datetime="${text}">${text.slice(0, 10)} ${text.slice(11, 19)} UTC</time>`;
}

/** One fact; nothing when there is none. */
export function fact(name: string, value: Html | string | null | undefined): Html | undefined {
  return value === null || value === undefined
    ? undefined
    : html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`;
}

/** The way to another view of this page, whatever address the page has. */
export function wayTo(members: Readonly<Record<string, string>>): string {
  return `?${new URLSearchParams(members).toString()}`;
}

export function id(text: string): Html {
  return html`<span class="id">${text}</span>`;
}
