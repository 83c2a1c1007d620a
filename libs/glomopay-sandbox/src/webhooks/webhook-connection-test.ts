import type { WebhookDelivery } from './webhook-delivery.js';
import type { WebhookEvent } from './webhook-event.js';

/** What the dashboard says after its test of one endpoint. */
export interface WebhookTestResult {
  readonly url: string;
  /** `null` when there was no answer in time. */
  readonly status: number | null;
  readonly message: string;
}

export const CONNECTION_TEST: WebhookEvent = {
  entityType: 'webhook_test',
  eventType: 'test',
  data: {},
};

export function testResult({ url, state, attempts }: WebhookDelivery): WebhookTestResult {
  const status = attempts.at(-1)?.status ?? null;
  if (state === 'delivered') return { url, status, message: 'Webhook connection successful' };
  // INFERRED without a status: only the text with one is documented.
  const message = status === null ? 'Request failed' : `Request failed with status ${status}`;
  return { url, status, message };
}
