import type { PlainAnswer, PlainClient } from '../plain-client.js';
import { invalid, refusal } from './refusal.js';
import type { Refusal } from './refusal.js';

const DAY_MS = 86_400_000;

/** Subscriptions. */
export const subscriptionRefusals: readonly Refusal[] = [
  refusal('its customer is nobody', 'Customer not found', (it) =>
    subscribe(it, { customer_id: 'cust_6889e287Vfq' }),
  ),
  invalid('its link has ended when it is made', 'Expires at must be today or in the future', (it) =>
    subscribe(it, { expires_at: day(it, -1) }),
  ),
  invalid('its link lives too long', 'Expires at cannot be more than 1 months from today', (it) =>
    subscribe(it, { expires_at: day(it, 32) }),
  ),
  invalid(
    'it has splits and is charged by the gateway',
    'Split ids are only supported for as_presented subscriptions',
    (it) => subscribe(it, { split_ids: ['psplit_1'] }),
  ),
  ...(['product_name', 'plan_name'] as const).map((name) =>
    refusal(
      `its ${name} is too long`,
      `${label(name)} is too long (maximum is 128 characters)`,
      (it) => subscribe(it, { [name]: 'a'.repeat(129) }),
    ),
  ),
  ...(['product_description', 'plan_description'] as const).map((name) =>
    refusal(
      `its ${name} is too long`,
      `${label(name)} is too long (maximum is 512 characters)`,
      (it) => subscribe(it, { [name]: 'a'.repeat(513) }),
    ),
  ),
  ...(['product_name', 'product_description', 'plan_name', 'plan_description'] as const).map(
    (name) =>
      refusal(`its ${name} has a semicolon`, `${label(name)} contains invalid characters`, (it) =>
        subscribe(it, { [name]: 'a; b' }),
      ),
  ),
  ...(['pause', 'resume'] as const).map((change) =>
    refusal(
      `it is asked to ${change} when new`,
      `Subscription cannot be ${change}d from current state: created`,
      async (it) => it.call('PATCH', `/api/v1/subscriptions/${await made(it)}/${change}`),
    ),
  ),
  refusal(
    'it is cancelled twice',
    'Subscription cannot be cancelled from current state: cancelled',
    async (it) => {
      const path = `/api/v1/subscriptions/${await made(it)}/cancel`;
      await it.call('PATCH', path);
      return it.call('PATCH', path);
    },
  ),
];

function subscribe(gateway: PlainClient, change: object): Promise<PlainAnswer> {
  return gateway.call('POST', '/api/v1/subscriptions', { ...monthly(gateway), ...change });
}

function made(gateway: PlainClient): Promise<string> {
  return gateway.made('/api/v1/subscriptions', monthly(gateway));
}

function monthly(gateway: PlainClient): object {
  return {
    customer_id: gateway.sandbox.demoCustomerId,
    product_name: 'Plan',
    product_description: 'A plan',
    amount: 1000,
    currency: 'USD',
    interval_type: 'month',
    interval_count: 1,
    billing_cycles: 3,
    start_date: day(gateway, 1),
    expires_at: day(gateway, 10),
    notify_customer: false,
    starts_with_first_payment: false,
  };
}

function label(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;
}

function day({ sandbox }: PlainClient, days: number): string {
  return new Date(sandbox.clock.now() + days * DAY_MS).toISOString().slice(0, 10);
}
