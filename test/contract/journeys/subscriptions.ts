import type { PlainClient } from '../plain-client.js';
import { days, patch } from './journey.js';
import type { Journey, Step } from './journey.js';

const PATH = '/api/v1/subscriptions';
const DAY_MS = 86_400_000;

/** Charged by the gateway, three times, from tomorrow on. */
const monthly = {
  entity: 'subscription',
  path: PATH,
  begin: (gateway: PlainClient) =>
    gateway.made(PATH, {
      ...about(gateway),
      interval_type: 'month',
      interval_count: 1,
      billing_cycles: 2,
      start_date: day(gateway, 1),
      starts_with_first_payment: false,
    }),
  first: { status: 'created', isUntold: true },
  changes: ['pause', 'resume', 'cancel', 'next-payment-date'],
};

const signedUp: Step = {
  status: 'authorized',
  by: (gateway, id) => gateway.firstPayment(id),
};
const charged: Step = { status: 'active', by: days(2) };

/** Subscriptions. */
export const subscriptionJourneys: readonly Journey[] = [
  {
    ...monthly,
    title: 'a subscription that pauses, and is cancelled',
    steps: [
      signedUp,
      charged,
      { status: 'paused', by: patch(PATH, 'pause') },
      { status: 'active', by: patch(PATH, 'resume') },
      { status: 'cancelled', by: patch(PATH, 'cancel') },
    ],
  },
  {
    ...monthly,
    title: 'a subscription that is paid to its end, after a charge that failed',
    steps: [
      signedUp,
      charged,
      {
        status: 'halted',
        by: (gateway, id) => {
          gateway.sandbox.declineNextCharge(id);
          return days(31)(gateway, id);
        },
      },
      // The last charge completes it, and makes it active before.
      { status: 'completed', by: days(31) },
    ],
  },
  {
    ...monthly,
    title: 'a subscription that nobody signs up for',
    steps: [{ status: 'expired', by: days(11) }],
  },
  {
    ...monthly,
    title: 'a subscription that is cancelled while it is new',
    steps: [{ status: 'cancelled', by: patch(PATH, 'cancel') }],
  },
  {
    ...monthly,
    title: 'a subscription that the merchant charges',
    begin: (gateway) =>
      gateway.made(PATH, {
        ...about(gateway),
        interval_type: 'as_presented',
        max_amount: 1000,
        starts_with_first_payment: true,
      }),
    steps: [
      { ...signedUp, status: 'active' },
      { status: 'active', by: patch(PATH, 'pause'), isUntold: true },
      { status: 'cancelled', by: patch(PATH, 'cancel') },
    ],
  },
];

function about(gateway: PlainClient): object {
  return {
    customer_id: gateway.sandbox.demoCustomerId,
    product_name: 'Plan',
    product_description: 'A plan',
    amount: 1000,
    currency: 'USD',
    expires_at: day(gateway, 10),
    notify_customer: false,
  };
}

function day({ sandbox }: PlainClient, count: number): string {
  return new Date(sandbox.clock.now() + count * DAY_MS).toISOString().slice(0, 10);
}
