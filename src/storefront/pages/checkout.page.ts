import {
  catalogue,
  currencies,
  displayAmount,
  type Product,
  type ShopCurrency,
} from '../../catalogue/catalogue.js';
import type { Purchase } from '../../purchases/purchase.js';
import type { AssetName, Assets } from '../assets.js';
import { type Html, html } from '../html.js';
import type { Page } from '../page.js';
import type { TestCard } from '../test-cards.js';
import { cardFields } from './card-fields.js';

export interface CheckoutPageContent {
  /** A purchase of this browser that has no outcome yet. */
  readonly unfinished: Purchase | undefined;
  readonly testCards: readonly TestCard[];
  readonly assets: Assets;
}

const FIRST_CURRENCY: ShopCurrency = 'USD';

/** Choose, enter the card, pay. */
export function checkoutPage(content: CheckoutPageContent): Omit<Page, 'isSandbox'> {
  const products = Object.values(catalogue);
  return {
    title: 'Checkout',
    script: 'checkout.js',
    body: html`
      ${content.unfinished && unfinishedBanner(content.unfinished)}
      <h1>Checkout</h1>
      <noscript>
        <p class="notice" role="note">
          Please switch on JavaScript to pay: your card is sent by a script of this page, and of
          this page only.
        </p>
      </noscript>
      <form id="checkout" class="checkout" action="/checkout" method="post" novalidate>
        <div id="summary" class="summary" role="alert" tabindex="-1" hidden></div>
        <div class="basket">
          <fieldset class="panel">
            <legend>Your order</legend>
            ${products.map((product, index) => productChoice(product, index === 0, content.assets))}
            ${currencyChoice()}
          </fieldset>
          ${content.testCards.length > 0 ? testCardPanel(content.testCards) : undefined}
        </div>
        <div class="payment">
          ${cardFields()} ${tabChoice()}
          <button id="pay" class="button" type="submit" disabled>
            Pay <span id="total">${priceOf(products[0], FIRST_CURRENCY)}</span>
          </button>
          <p class="small">
            Your bank may ask you to confirm the payment on its own page. You come back here
            afterwards.
          </p>
        </div>
      </form>
      <section id="continue" class="panel continue" hidden aria-labelledby="continue-title">
        <h2 id="continue-title" tabindex="-1">One step left: confirm with your bank</h2>
        <p>The bank's page opens in a new tab. This tab follows along and shows the result.</p>
        <a id="bank" class="button" target="_blank" rel="noopener noreferrer"
          >Continue to your bank</a
        >
        <p class="small"><a id="follow">Show the status of this payment</a></p>
      </section>
    `,
  };
}

function unfinishedBanner(purchase: Purchase): Html {
  return html`<aside class="banner" aria-label="Payment in progress">
    <p>
      <strong>You have a payment in progress</strong> of
      ${displayAmount(purchase.amount, purchase.currency)}. Look at it before you pay again.
    </p>
    <a href="/payments/${purchase.reference}">See its status</a>
  </aside>`;
}

function productChoice(product: Product, isFirst: boolean, assets: Assets): Html {
  const picture: AssetName = `${product.id}.svg`;
  return html`<label class="product">
    <input
      type="radio"
      name="product"
      value="${product.id}"
      ${isFirst ? html`checked` : undefined}
      ${currencies.map(
        (currency) =>
          html`data-${currency.toLowerCase()}="${displayAmount(product.prices[currency], currency)}" `,
      )}
    />
    <img src="${assets.get(picture).url}" alt="" width="56" height="56" />
    <span class="product-text">
      <span class="product-name">${product.name}</span>
      <span class="product-description">${product.description}</span>
    </span>
    <span class="price" data-price>${priceOf(product, FIRST_CURRENCY)}</span>
  </label>`;
}

function currencyChoice(): Html {
  return html`<div class="field inline">
    <label for="currency">Currency</label>
    <select id="currency" name="currency" autocomplete="transaction-currency">
      ${currencies.map((currency) => html`<option value="${currency}">${currency}</option>`)}
    </select>
  </div>`;
}

function testCardPanel(cards: readonly TestCard[]): Html {
  return html`<section class="panel test-cards" aria-labelledby="test-cards-title">
    <h2 id="test-cards-title">Test cards</h2>
    <p class="small">One click fills in the form. These cards work in test mode only.</p>
    <ul>
      ${cards.map(
        (card) =>
          html`<li>
            <button type="button" class="test-card" data-card="${card.number}">
              <span class="digits">${card.number.replace(/(.{4})(?=.)/g, '$1 ')}</span>
              <span>${card.label}: ${card.outcome}</span>
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
}

function tabChoice(): Html {
  return html`<fieldset class="choice">
    <legend>Open your bank's page</legend>
    <label><input type="radio" name="tab" value="same" checked /> in this tab</label>
    <label><input type="radio" name="tab" value="new" /> in a new tab</label>
  </fieldset>`;
}

function priceOf(product: Product | undefined, currency: ShopCurrency): string | undefined {
  return product && displayAmount(product.prices[currency], currency);
}
