import {
  SubscriptionsService,
  type CreateSubscriptionInput,
  type SubscriptionFilterInput,
} from 'nestjs-glomopay';
import { call, type AnyCall, type Arranged, type ResourceCalls } from '../call.js';
import type { PlainClient } from '../plain-client.js';

const customer = 'cust_E602dMzgjpDC';
const CHANGES = 'test/subscriptions/changes.e2e-spec.ts';

const smallest = {
  customer_id: customer,
  product_name: 'ShieldGuard Insurance',
  product_description: 'Insurance: belongings and travel',
  amount: 1000,
  currency: 'USD',
  expires_at: dayIn(20),
  notify_customer: false,
};
const input = {
  customerId: customer,
  productName: 'ShieldGuard Insurance',
  productDescription: 'Insurance: belongings and travel',
  amount: 1000,
  currency: 'USD',
  expiresAt: dayIn(20),
  notifyCustomer: false,
} as const;
const presented = {
  input: {
    ...input,
    intervalType: 'as_presented',
    maxAmount: 5000,
    startsWithFirstPayment: true,
  },
  wire: {
    ...smallest,
    interval_type: 'as_presented',
    max_amount: 5000,
    starts_with_first_payment: true,
  },
} as const;
const fixed = {
  input: {
    ...input,
    intervalType: 'month',
    intervalCount: 3,
    billingCycles: 12,
    startDate: dayIn(5),
    startsWithFirstPayment: false,
    planName: 'ShieldGuard Lite',
    planDescription: 'The basics!',
    referenceNumber: 'R0001',
    notes: { tier: 'lite' },
  },
  wire: {
    ...smallest,
    interval_type: 'month',
    interval_count: 3,
    billing_cycles: 12,
    start_date: dayIn(5),
    starts_with_first_payment: false,
    plan_name: 'ShieldGuard Lite',
    plan_description: 'The basics!',
    reference_number: 'R0001',
    notes: { tier: 'lite' },
  },
} as const;

export const subscriptions: ResourceCalls = {
  title: 'Subscriptions',
  calls: [
    call<SubscriptionsService, CreateSubscriptionInput>({
      endpoint: 'createSubscription',
      service: SubscriptionsService,
      method: 'create',
      repeat: 'again',
      tests: ['test/subscriptions/creates.e2e-spec.ts'],
      send: (service, plan) => service.create(plan),
      smallest: presented,
      fullest: {
        fixed,
        as_presented: presented,
        'as_presented, with splits': {
          input: { ...presented.input, splitIds: ['psplit_1'] },
          wire: { ...presented.wire, split_ids: ['psplit_1'] },
        },
      },
      arrange: async ({ sandbox }) => ({ wire: { customer_id: sandbox.demoCustomerId } }),
    }),
    call({
      endpoint: 'getSubscriptions',
      service: SubscriptionsService,
      method: 'list',
      also: ['listAll'],
      repeat: 'nothing',
      send: (service, filter: SubscriptionFilterInput) => service.list(filter),
      smallest: { input: {} },
      fullest: {
        'every filter': {
          input: {
            customerId: customer,
            status: 'active',
            startDate: '2026-10-01',
            endDate: '2027-09-01',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            perPage: 50,
            page: 1,
          },
          wire: {
            customer_id: customer,
            status: 'active',
            start_date: '2026-10-01',
            end_date: '2027-09-01',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            per_page: 50,
            page: 1,
          },
        },
      },
      arrange: async (gateway) => {
        await created(gateway);
        return { wire: { customer_id: gateway.sandbox.demoCustomerId } };
      },
    }),
    call({
      endpoint: 'getSubscriptionById',
      service: SubscriptionsService,
      method: 'get',
      repeat: 'nothing',
      send: (service, _: object, id) => service.get(id),
      smallest: { input: {} },
      arrange: async (gateway) => ({ id: await created(gateway) }),
    }),
    change('pauseSubscription', 'pause', async (gateway) => ({ id: await active(gateway) })),
    change('resumeSubscription', 'resume', async (gateway) => {
      const id = await active(gateway);
      await gateway.call('PATCH', `/api/v1/subscriptions/${id}/pause`);
      return { id };
    }),
    change('cancelSubscription', 'cancel', async (gateway) => ({ id: await created(gateway) })),
    call({
      endpoint: 'updateNextPaymentDate',
      service: SubscriptionsService,
      method: 'moveNextPayment',
      repeat: 'converges',
      tests: [CHANGES],
      send: (service, { nextPaymentDate }: { readonly nextPaymentDate: string }, id) =>
        service.moveNextPayment(id, nextPaymentDate),
      smallest: {
        input: { nextPaymentDate: dayIn(9) },
        wire: { next_payment_date: dayIn(9) },
      },
      fullest: {
        'every member': {
          input: { nextPaymentDate: dayIn(9) },
          wire: { next_payment_date: dayIn(9) },
        },
      },
      arrange: async (gateway) => ({ id: await active(gateway) }),
    }),
  ],
};

/** A change without a body. */
function change(
  endpoint: string,
  method: 'pause' | 'resume' | 'cancel',
  arrange: (gateway: PlainClient) => Promise<Arranged>,
): AnyCall {
  return call({
    endpoint,
    service: SubscriptionsService,
    method,
    repeat: 'converges',
    tests: [CHANGES],
    send: (service, _: object, id) => service[method](id),
    smallest: { input: {} },
    arrange,
  });
}

/** A plan that nobody has paid for. */
function created(gateway: PlainClient): Promise<string> {
  const plan = {
    ...fixed.wire,
    starts_with_first_payment: true,
    customer_id: gateway.sandbox.demoCustomerId,
  };
  return gateway.made('/api/v1/subscriptions', plan);
}

/** A plan whose first payment has succeeded. */
async function active(gateway: PlainClient): Promise<string> {
  const subscription = await created(gateway);
  await gateway.firstPayment(subscription);
  return subscription;
}

/** So many days from today, UTC. */
function dayIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
