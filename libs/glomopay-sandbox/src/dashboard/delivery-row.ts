import { html } from '../html/html.js';
import type { Html } from '../html/html.js';
import type { DeliveryAttempt, WebhookDelivery } from '../webhooks/webhook-delivery.js';
import { moment, pill } from '../html/row-parts.js';

/** One webhook on the page: what, where to, and how it went. Never its body. */
export function deliveryRow({ type, url, state, attempts, nextAttemptAt }: WebhookDelivery): Html {
  const last = attempts.at(-1);
  const count = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
  return html`<li>
    <code>${type}</code>
    <span class="what"><code>${withoutQuery(url)}</code></span>
    <span class="money">${count}</span>
    ${pill(state, last ? resultOf(last, nextAttemptAt) : null)}
    ${timeOf(last?.attemptedAt ?? nextAttemptAt)}
  </li>`;
}

function resultOf({ status, failure }: DeliveryAttempt, nextAttemptAt: number | null): string {
  const result = status === null ? `no answer (${failure})` : `answered ${status}`;
  return nextAttemptAt === null
    ? result
    : `${result}, again at ${iso(nextAttemptAt).slice(11, 19)}`;
}

function timeOf(at: number | null): Html {
  return at === null ? html`<span class="hint">held back</span>` : moment(iso(at));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** A query may be a receiver's own secret. */
function withoutQuery(url: string): string {
  return url.split('?')[0] ?? '';
}
