import { formatAmount } from '../html/amount.js';
import { html } from '../html/html.js';
import type { Html } from '../html/html.js';
import type { PageContent } from '../html/page.js';
import { shield, simulationBanner } from '../html/parts.js';
import type { PaymentMethodUsed, PaymentRecord } from '../payments/payment.js';

/** The page on which the buyer answers the bank. Plain forms, no script. */
export function challengePage(record: PaymentRecord, merchantName: string): PageContent {
  return {
    title: 'Confirm your payment · Simulated bank',
    body: html`${simulationBanner}
      <main class="sheet">
        <header class="bank">
          ${shield}<span>Sandbox Bank</span><span class="tag">3-D Secure</span>
        </header>
        <h1>Confirm your payment</h1>
        <p class="amount">${formatAmount(requested(record))}</p>
        ${summary(record, merchantName)} ${decisions(record)}
      </main>`,
  };
}

/** After "abandon": the buyer has gone, and nobody was told. */
export function abandonedPage(): PageContent {
  return notice(
    'You left without an answer',
    html`The shop has heard nothing. The payment is still in progress; use your browser’s back
    button to answer it after all.`,
  );
}

/** For a link whose token is not the payment's own. */
export function refusedPage(): PageContent {
  return notice(
    'This link is not valid',
    html`Open the 3DS page with the exact address that came with the payment’s next steps.`,
  );
}

function requested({ payment }: PaymentRecord): { amount: number; currency: string } {
  return { amount: payment.requested_amount, currency: payment.requested_currency };
}

function summary({ payment }: PaymentRecord, merchantName: string): Html {
  return html`<dl class="facts">
    <div>
      <dt>Merchant</dt>
      <dd>${merchantName}</dd>
    </div>
    ${cardRow(payment.payment_method)}
    <div>
      <dt>Payment</dt>
      <dd><code>${payment.id}</code></dd>
    </div>
  </dl>`;
}

function cardRow(method: PaymentMethodUsed): Html {
  if (method.type !== 'card') return html``;
  const { card_network: network, end_digits: last4 } = method.details;
  return html`<div>
    <dt>Card</dt>
    <dd>${network} <span class="digits">•••• ${last4}</span></dd>
  </div>`;
}

function decisions({ id, authToken }: PaymentRecord): Html {
  return html`<form method="post" action="/3ds" autocomplete="off">
    <input type="hidden" name="paymentId" value="${id}" />
    <input type="hidden" name="authToken" value="${authToken}" />
    <button class="primary" name="decision" value="approve">Approve payment</button>
    <button class="secondary" name="decision" value="decline">Decline payment</button>
    <fieldset>
      <legend>Rehearse a broken journey</legend>
      <button class="quiet" name="decision" value="abandon">
        Abandon (close without an answer)
      </button>
      <button class="quiet" name="decision" value="error">
        Break the journey (unsigned error return)
      </button>
    </fieldset>
  </form>`;
}

function notice(heading: string, text: Html): PageContent {
  return {
    title: `${heading} · Simulated bank`,
    body: html`${simulationBanner}
      <main class="sheet">
        <header class="bank">
          ${shield}<span>Sandbox Bank</span><span class="tag">3-D Secure</span>
        </header>
        <h1>${heading}</h1>
        <p>${text}</p>
      </main>`,
  };
}
