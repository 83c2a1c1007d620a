import type { PlainClient } from '../plain-client.js';
import { answer, days, patch, review, seconds } from './journey.js';
import type { Journey, Step } from './journey.js';

const ORDERS = '/api/v1/orders';
const LINKS = '/api/v1/payin';

const order = {
  entity: 'orders',
  path: ORDERS,
  begin: (gateway: PlainClient) => gateway.order(),
  changes: ['update-rfi'],
};
const link = {
  entity: 'payment_link',
  path: LINKS,
  begin: (gateway: PlainClient) => {
    const { demoCustomerId: customer_id, clock } = gateway.sandbox;
    const expires_at = new Date(clock.now() + 7 * 86_400_000).toISOString();
    return gateway.made(LINKS, { customer_id, currency: 'USD', amount: 1000, expires_at });
  },
  changes: ['', 'cancel', 'update-rfi', 'mock_mark_reviewed'],
};

const active = { status: 'active', isUntold: true };
const wanted = { status: 'action_required' };
const answered: Step = { status: 'under_review', by: answer };

/** Orders and payment links. */
export const payinJourneys: readonly Journey[] = [
  {
    ...order,
    title: 'an order that is paid',
    first: active,
    steps: [{ status: 'paid', by: payOrder }],
  },
  {
    ...order,
    title: 'an order that nobody pays',
    first: active,
    steps: [{ status: 'expired', by: days(92) }],
  },
  {
    ...order,
    title: 'an order that compliance asks about twice',
    account: { orderReview: true },
    first: wanted,
    steps: [
      answered,
      { status: 'action_required', by: review('ask_again') },
      answered,
      { ...active, by: seconds(5) },
      { status: 'paid', by: payOrder },
    ],
  },
  {
    ...order,
    title: 'an order that compliance rejects',
    account: { orderReview: true },
    first: wanted,
    steps: [answered, { status: 'failed', by: review('reject') }],
  },
  {
    ...link,
    title: 'a link that is paid',
    first: active,
    steps: [{ status: 'paid', by: ({ sandbox }, id) => sandbox.payLink(id) }],
  },
  {
    ...link,
    title: 'a link that is cancelled',
    first: active,
    steps: [{ status: 'cancelled', by: patch(LINKS, 'cancel') }],
  },
  {
    ...link,
    title: 'a link that nobody pays',
    first: active,
    steps: [{ status: 'expired', by: days(7) }],
  },
  {
    ...link,
    title: 'a link that is reviewed',
    account: { linkStatus: 'under_review' },
    first: { status: 'under_review' },
    steps: [
      { status: 'active', by: patch(LINKS, 'mock_mark_reviewed') },
      { status: 'cancelled', by: patch(LINKS, 'cancel') },
    ],
  },
  {
    ...link,
    title: 'a link that compliance rejects',
    account: { linkStatus: 'action_required' },
    first: wanted,
    steps: [answered, { status: 'failed', by: review('reject') }],
  },
];

async function payOrder(gateway: PlainClient, order_id: string): Promise<void> {
  const payment = await gateway.pay({ order_id });
  gateway.sandbox.completePayment(payment, 'approve');
}
