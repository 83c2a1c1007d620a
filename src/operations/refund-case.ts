import { formatMinorUnits, refundReasons } from 'nestjs-glomopay';
import { displayAmount, findProduct } from '../catalogue/catalogue.js';
import type { Purchase } from '../purchases/purchase.js';
import { amountLeft, type PurchaseRefund, type RefundState } from '../refunds/purchase-refund.js';
import { type Html, html } from '../storefront/html.js';
import { fact, moment } from './case-parts.js';

/** A purchase that was paid, and what went back of it. */
export interface PaidPurchase {
  readonly purchase: Purchase;
  readonly refunds: readonly PurchaseRefund[];
}

const states: Readonly<Record<RefundState, string>> = {
  asked: 'asked for; the gateway has not confirmed it',
  in_progress: 'in progress',
  refunded: 'refunded',
  failed: 'failed',
  refused: 'refused by the gateway',
};

/** A paid purchase, its refunds, and a form for the next one. */
export function refundCase({ purchase, refunds }: PaidPurchase): Html {
  const { amount, currency, reference } = purchase;
  const asked = refunds.find(({ state }) => state === 'asked');
  const left = amountLeft(amount, refunds);
  return html`<li class="panel case">
    <h3>
      ${displayAmount(amount, currency)},
      ${findProduct(purchase.productId)?.name ?? purchase.productId}
    </h3>
    <dl class="receipt">
      ${fact('Payment', purchase.paymentId)} ${fact('Bought', moment(new Date(purchase.createdAt)))}
      ${refunds.map((refund) => refundFact(refund, currency))}
      ${refunds.length > 0 ? fact('Left', displayAmount(left, currency)) : undefined}
      ${fact('Reference', html`<span class="reference">${reference}</span>`)}
    </dl>
    ${asked ? againForm(asked, currency) : left > 0 ? newForm(purchase, refunds.length + 1, left) : undefined}
  </li>`;
}

function refundFact(refund: PurchaseRefund, currency: string): Html {
  const words = `${displayAmount(refund.amount, currency)}, ${states[refund.state]}`;
  return fact(
    `Refund ${refund.number}`,
    html`${words}${refund.refusal ? html`<br />${refund.refusal}` : undefined}`,
  );
}

function newForm({ reference, currency }: Purchase, number: number, left: number): Html {
  return form(
    reference,
    html`<input type="hidden" name="number" value="${number}" />
      <div class="field">
        <label for="amount-${reference}">Amount in ${currency}, or nothing for all</label>
        <input
          id="amount-${reference}"
          name="amount"
          inputmode="decimal"
          autocomplete="off"
          maxlength="16"
          placeholder="${formatMinorUnits(left, currency)}"
        />
      </div>
      <div class="field">
        <label for="reason-${reference}">Reason</label>
        <select id="reason-${reference}" name="reason">
          ${refundReasons.map((reason) => html`<option>${reason}</option>`)}
        </select>
      </div>
      <button class="button" type="submit" aria-label="Refund purchase ${reference.slice(0, 8)}">
        Refund
      </button>`,
  );
}

/** The same refund again, with what was written down: nobody can change it meanwhile. */
function againForm({ reference, number, amount, reason }: PurchaseRefund, currency: string): Html {
  return form(
    reference,
    html`<input type="hidden" name="number" value="${number}" />
      <input type="hidden" name="amount" value="${formatMinorUnits(amount, currency)}" />
      <input type="hidden" name="reason" value="${reason}" />
      <button
        class="button"
        type="submit"
        aria-label="Ask again: refund of ${reference.slice(0, 8)}"
      >
        Ask again
      </button>`,
  );
}

function form(reference: string, fields: Html): Html {
  return html`<form method="post" action="/operations/purchases/${reference}/refunds">
    ${fields}
  </form>`;
}
