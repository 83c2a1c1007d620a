import type { Board } from '../books/resource.js';
import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import { moment, pill } from '../html/row-parts.js';
import type { TopUp } from './top-up.js';

/** Top-ups on the page at `/`. */
export const TOP_UP_BOARD: Board<TopUp> = {
  title: 'Top-ups',
  tiles: [{ label: 'Waiting', counts: ({ status }) => status === 'active' }],
  row: (topUp) =>
    html`<li>
      <code>${topUp.id}</code>
      <span class="what">for the merchant’s own balance</span>
      <span class="money">${formatAmount(topUp)}</span>
      ${pill(topUp.status, null)} ${moment(topUp.created_at)}
    </li>`,
};
