import type { Board } from '../books/resource.js';
import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import { moment, pill } from '../html/row-parts.js';
import type { Refund } from './refund.js';

/** Refunds on the page at `/`. */
export const REFUND_BOARD: Board<Refund> = {
  title: 'Refunds',
  tiles: [
    { label: 'Refunds in progress', counts: ({ status }) => status === 'in_progress' },
    { label: 'Refunds failed', counts: ({ status }) => status === 'failed' },
  ],
  row: (refund) =>
    html`<li>
      <code>${refund.id}</code>
      <span class="what"
        >${refund.partial_refund ? 'a part' : 'all'} of <code>${refund.payment_id}</code></span
      >
      <span class="money">${formatAmount(refund)}</span>
      ${pill(refund.status, refund.utr)} ${moment(refund.created_at)}
    </li>`,
};
