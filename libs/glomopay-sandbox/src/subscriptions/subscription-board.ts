import type { Board } from '../books/resource.js';
import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import { pill } from '../html/row-parts.js';
import type { Subscription } from './subscription.js';

/** Subscriptions on the page at `/`. */
export const SUBSCRIPTION_BOARD: Board<Subscription> = {
  title: 'Subscriptions',
  tiles: [{ label: 'Subscriptions', counts: ({ status }) => status === 'active' }],
  row: (subscription) =>
    html`<li>
      <code>${subscription.id}</code>
      <span class="what">${subscription.product_name}, ${rhythmOf(subscription)}</span>
      <span class="money">${formatAmount(subscription)}</span>
      ${pill(subscription.status, subscription.halt_reason)}
      <time>${subscription.next_payment_date ?? 'no charge planned'}</time>
    </li>`,
};

function rhythmOf({ interval_type, interval_count }: Subscription): string {
  return interval_type === 'as_presented'
    ? 'as presented'
    : `every ${interval_count ?? 1} ${interval_type}(s)`;
}
