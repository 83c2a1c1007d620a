import type { TrackedPayment, TrackedReason } from 'nestjs-glomopay';
import { displayAmount } from '../catalogue/catalogue.js';
import { type Html, html } from '../storefront/html.js';
import { fact, moment } from './case-parts.js';

const advice: Readonly<Record<TrackedReason, string>> = {
  rejected: 'The gateway refused the payment.',
  not_sent: 'The payment was never sent.',
  never_arrived: 'The gateway does not know the payment.',
  amount_differs: 'The gateway charged another amount than was asked for.',
  currency_differs: 'The gateway charged another currency than was asked for.',
  order_differs: 'The gateway has the payment under another order.',
  duplicate_charge: 'A second payment of an order that was paid already: refund one of the two.',
  terminal_conflict: 'The gateway first said one outcome and later another.',
  arrived_late:
    'The gateway has a payment for it after all, though it had been reported as failed.',
  charged_late: 'The buyer was charged after it had been reported as failed: deliver, or refund.',
  unexpected_success:
    'A payment of the order succeeded that the shop did not ask for: deliver, or refund.',
  no_outcome: 'The gateway had no outcome within all checks: ask its support.',
  ambiguous: 'The gateway has several payments under one request id.',
  handler_failed: 'The shop kept failing to write the outcome down: see its log.',
  compliance_rejected:
    'Compliance refused the payment after its success, and the money goes back: stop, or take back, what was delivered.',
  over_refunded: 'The refunds of the payment add up to more than it was.',
  payin_ended: 'It ended without being paid.',
};

/** A payment that a person has to look at, and why. */
export function paymentCase(payment: TrackedPayment): Html {
  return html`<li class="panel case">
    <h3>${displayAmount(payment.amount, payment.currency)}</h3>
    <p>
      ${payment.reason === null ? 'Nobody could find out what became of it.' : advice[payment.reason]}
    </p>
    <dl class="receipt">
      ${fact('State', payment.reason === null ? payment.state : `${payment.state}, ${payment.reason}`)}
      ${fact('Gateway says', payment.gatewayStatus)} ${fact('Payment', payment.paymentId)}
      ${fact('Order', payment.orderId)} ${fact('Started', moment(payment.createdAt))}
      ${fact('Looked at', `${payment.checks} times`)}
      ${fact('Reference', html`<span class="reference">${payment.reference}</span>`)}
    </dl>
  </li>`;
}
