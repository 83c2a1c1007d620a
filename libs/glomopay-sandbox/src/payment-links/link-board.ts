import type { Board } from '../books/resource.js';
import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import { moment, pill } from '../html/row-parts.js';
import type { PaymentLink } from './payment-link.js';

/** Payment links on the page at `/`. */
export const LINK_BOARD: Board<PaymentLink> = {
  title: 'Payment links',
  tiles: [{ label: 'Payment links', counts: () => true }],
  row: (link) => {
    const what = link.product?.name ?? link.reference_number ?? 'No description';
    const shown =
      link.payment_link === null ? html`${what}` : html`<a href="${link.payment_link}">${what}</a>`;
    return html`<li>
      <code>${link.id}</code>
      <span class="what">${shown}</span>
      <span class="money">${formatAmount(link)}</span>
      ${pill(link.status, null)} ${moment(link.created_at)}
    </li>`;
  },
};
