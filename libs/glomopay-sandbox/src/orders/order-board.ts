import type { Board } from '../books/resource.js';
import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import { moment, pill } from '../html/row-parts.js';
import type { Order } from './order.js';

/** Orders on the page at `/`. */
export const ORDER_BOARD: Board<Order> = {
  title: 'Orders',
  tiles: [
    { label: 'Orders', counts: () => true },
    { label: 'Paid', counts: ({ status }) => status === 'paid' },
  ],
  row: (order) =>
    html`<li>
      <code>${order.id}</code>
      <span class="what">${order.product?.name ?? order.reference_number ?? 'No description'}</span>
      <span class="money">${formatAmount(order)}</span>
      ${pill(order.status, null)} ${moment(order.created_at)}
    </li>`,
};
