import type { Board } from '../books/resource.js';
import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import { moment, pill } from '../html/row-parts.js';
import type { Payment, PaymentMethodUsed } from './payment.js';

/** Payments on the page at `/`. */
export const PAYMENT_BOARD: Board<Payment> = {
  title: 'Payments',
  tiles: [
    { label: 'In progress', counts: ({ status }) => status === 'in_progress' },
    { label: 'Failed', counts: ({ status }) => status === 'failed' },
    { label: 'Need action', counts: ({ status }) => status === 'action_required' },
  ],
  row: (payment) => {
    const amount = { amount: payment.requested_amount, currency: payment.requested_currency };
    return html`<li>
      <code>${payment.id}</code>
      <span class="what"
        >${methodText(payment.payment_method)} for
        <code>${payment.payin_id ?? payment.subscription_id ?? 'nothing that is known'}</code></span
      >
      <span class="money">${formatAmount(amount)}</span>
      ${pill(payment.status, payment.error_code)} ${moment(payment.created_at)}
    </li>`;
  },
};

function methodText(method: PaymentMethodUsed): string {
  if (method.type !== 'card') return 'Bank transfer';
  return `${method.details.card_network} •••• ${method.details.end_digits}`;
}
