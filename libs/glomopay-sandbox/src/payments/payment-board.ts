import type { Board } from '../books/resource.js';
import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import { moment, pill } from '../html/row-parts.js';
import type { Payment } from './payment.js';

/** Payments on the page at `/`. */
export const PAYMENT_BOARD: Board<Payment> = {
  title: 'Payments',
  tiles: [
    { label: 'In progress', counts: ({ status }) => status === 'in_progress' },
    { label: 'Failed', counts: ({ status }) => status === 'failed' },
    { label: 'Need action', counts: ({ status }) => status === 'action_required' },
  ],
  row: (payment) => {
    const { card_network: network, end_digits: last4 } = payment.payment_method.details;
    const amount = { amount: payment.requested_amount, currency: payment.requested_currency };
    return html`<li>
      <code>${payment.id}</code>
      <span class="what"
        >${network} •••• ${last4} for
        <code>${payment.payin_id ?? payment.subscription_id ?? ''}</code></span
      >
      <span class="money">${formatAmount(amount)}</span>
      ${pill(payment.status, payment.error_code)} ${moment(payment.created_at)}
    </li>`;
  },
};
