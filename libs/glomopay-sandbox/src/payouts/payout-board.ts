import type { Board } from '../books/resource.js';
import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import { moment, pill } from '../html/row-parts.js';
import type { Payout } from './payout.js';

/** Payouts on the page at `/`. */
export const PAYOUT_BOARD: Board<Payout> = {
  title: 'Payouts',
  tiles: [
    { label: 'Payouts in progress', counts: ({ status }) => status === 'in_progress' },
    { label: 'Payouts waiting', counts: ({ status }) => WAITING.includes(status) },
  ],
  row: (payout) =>
    html`<li>
      <code>${payout.id}</code>
      <span class="what"
        >by ${payout.payment_rail} to <code>${payout.beneficiary_id}</code>, which gets
        ${formatAmount({
          amount: payout.destination_amount,
          currency: payout.destination_currency,
        })}</span
      >
      <span class="money"
        >${formatAmount({ amount: payout.source_amount, currency: payout.source_currency })}</span
      >
      ${pill(payout.status, payout.error_code ?? payout.utr)} ${moment(payout.created_at)}
    </li>`,
};

const WAITING: readonly string[] = ['pending_approval', 'queued', 'action_required'];
