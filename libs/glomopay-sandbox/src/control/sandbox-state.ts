import type { Resources } from '../resources.js';
import type { SandboxWebhooks } from '../webhooks/sandbox-webhooks.js';
import type { DeliveryState } from '../webhooks/webhook-delivery.js';

/**
 * The answer of `GET /_sandbox/state`: what exists, without card data and keys. Beside these two it
 * has a list for each resource, newest first.
 */
export interface SandboxState {
  readonly counts: Readonly<Record<string, number>>;
  readonly webhooks: WebhookSummary;
}

export interface WebhookSummary {
  readonly endpoints: readonly string[];
  readonly events: number;
  readonly deliveries: Readonly<Record<DeliveryState, number>>;
}

export function sandboxState(context: {
  readonly resources: Resources;
  readonly webhooks: SandboxWebhooks;
}): SandboxState {
  const listed = Object.entries(context.resources).flatMap(([name, resource]) => {
    const summaries = resource.summaries();
    return summaries ? [{ name, summaries }] : [];
  });
  return {
    counts: Object.fromEntries(listed.map(({ name, summaries }) => [name, summaries.length])),
    ...Object.fromEntries(listed.map(({ name, summaries }) => [name, summaries])),
    webhooks: summaryOfWebhooks(context.webhooks),
  };
}

function summaryOfWebhooks(webhooks: SandboxWebhooks): WebhookSummary {
  const deliveries = webhooks.deliveries();
  const having = (wanted: DeliveryState) => deliveries.filter(({ state }) => state === wanted);
  return {
    endpoints: webhooks.endpoints,
    events: webhooks.events().length,
    deliveries: {
      pending: having('pending').length,
      delivered: having('delivered').length,
      given_up: having('given_up').length,
    },
  };
}
