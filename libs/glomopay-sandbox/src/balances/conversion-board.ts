import type { Board } from '../books/resource.js';
import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import { moment, pill } from '../html/row-parts.js';
import type { Conversion } from './conversion.js';

/** Conversions on the page at `/`. */
export const CONVERSION_BOARD: Board<Conversion> = {
  title: 'Conversions',
  tiles: [],
  row: ({ id, from, to, status, created_at: createdAt }) =>
    html`<li>
      <code>${id}</code>
      <span class="what">into ${formatAmount(to)}</span>
      <span class="money">${formatAmount(from)}</span>
      ${pill(status, null)} ${moment(createdAt)}
    </li>`,
};
