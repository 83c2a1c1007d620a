import { displayAmount } from '../../catalogue/catalogue.js';
import type { Purchase } from '../../purchases/purchase.js';
import { html } from '../html.js';
import type { Page } from '../page.js';

/**
 * The browser came back with something we do not believe. Says nothing of what it brought; if this
 * browser has a payment under way, says that it is still open.
 */
export function returnErrorPage(pending: Purchase | undefined): Omit<Page, 'isSandbox'> {
  return {
    title: 'We could not read your return from the bank',
    body: html`<article class="panel outcome refused">
      <span class="sign" aria-hidden="true"></span>
      <h1>We could not read your return from the bank</h1>
      ${
        pending
          ? html`<p class="lead">
                Your payment of ${displayAmount(pending.amount, pending.currency)} is not confirmed
                and still pending. Please do not pay again before you have looked at its status.
              </p>
              <p class="actions">
                <a class="button" href="/payments/${pending.reference}">See its status</a>
              </p>`
          : html`<p class="lead">
                This page has no payment to show. If you have just paid, open the shop in the
                browser you paid with: a payment in progress is shown there.
              </p>
              <p class="actions"><a class="button" href="/">Back to the shop</a></p>`
      }
    </article>`,
  };
}
