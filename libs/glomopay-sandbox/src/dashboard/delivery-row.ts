import { type Html, html } from '../html/html.js';
import type { DeliveryAttempt, WebhookDelivery } from '../webhooks/webhook-delivery.js';
import { moment, pill } from './row-parts.js';

/** One webhook on the page: what, where to, and how it went. Never its body. */
export function deliveryRow({ type, url, state, attempts, nextAttemptAt }: WebhookDelivery): Html {
  const last = attempts.at(-1);
  const at = last?.attemptedAt ?? nextAttemptAt;
  return html`<li>
    <code>${type}</code>
    <span class="what">to <code>${withoutQuery(url)}</code></span>
    <span class="money"
      >${attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`}</span
    >
    ${pill(state, last ? resultOf(last) : null)}
    ${at === null ? html`<span class="what">held back</span>` : moment(new Date(at).toISOString())}
  </li>`;
}

function resultOf({ status, failure }: DeliveryAttempt): string {
  return status === null ? `no answer (${failure})` : `answered ${status}`;
}

/** A query may be a receiver's own secret. */
function withoutQuery(url: string): string {
  return url.split('?')[0] ?? '';
}
