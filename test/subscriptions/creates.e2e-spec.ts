import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CreateSubscriptionInput } from 'nestjs-glomopay';
import { failureOf } from '../support/library/failure-of.js';
import { openPlanShop, type PlanShop } from './plans.js';

const POST = 'POST /api/v1/subscriptions';

let shop: PlanShop;
beforeEach(async () => {
  shop = await openPlanShop();
});
afterEach(() => shop.close());

describe('a create of a subscription', () => {
  it('gives what the gateway has recorded', async () => {
    const created = await shop.subscriptions.create(
      shop.aMonthlyPlan({
        planName: 'Lite (2026), No. 1',
        planDescription: "What's in it: everything!",
        referenceNumber: 'R0001',
        notes: { tier: 'lite' },
      }),
    );
    expect(created).toMatchObject({
      replayed: false,
      customerId: shop.sandbox.demoCustomerId,
      status: 'created',
      amount: 1000,
      currency: 'USD',
      intervalType: 'month',
      intervalCount: 1,
      billingCycles: 12,
      maxAmount: null,
      startDate: '2026-03-01',
      endDate: '2027-02-01',
      nextPaymentDate: '2026-03-01',
      expiresAt: '2026-03-21',
      cancelledAt: null,
      referenceNumber: 'R0001',
      planName: 'Lite (2026), No. 1',
      planDescription: "What's in it: everything!",
      notes: { tier: 'lite' },
    });
    expect(created.subscriptionLinkUrl).toMatch(
      new RegExp(`/subscription-links/${created.id}\\?sandbox=true$`),
    );
    const { data } = await shop.subscriptions.list({
      customerId: shop.sandbox.demoCustomerId,
      status: 'created',
      startDate: '2026-03-01',
      endDate: '2027-02-01',
    });
    expect(data.map(({ id }) => id)).toEqual([created.id]);
    expect((await shop.subscriptions.list({ endDate: '2027-03-01' })).data).toEqual([]);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['no customer', 'customerId', { customerId: 'order_1' }],
    ['a semicolon in a description', 'productDescription', { productDescription: 'a; b' }],
    ['an exclamation mark in a name', 'productName', { productName: 'New!' }],
    ['a name of 129 characters', 'planName', { planName: 'x'.repeat(129) }],
    ['an empty name', 'productName', { productName: '' }],
    ['an interval of two months', 'intervalCount', { intervalCount: 2 }],
    ['every third year', 'intervalCount', { intervalType: 'year', intervalCount: 3 }],
    ['one charge', 'billingCycles', { billingCycles: 1 }],
    ['half a charge', 'billingCycles', { billingCycles: 2.5 }],
    ['more than 30 years of months', 'billingCycles', { billingCycles: 361 }],
    ['more than 30 years of quarters', 'billingCycles', { billingCycles: 121, intervalCount: 3 }],
    ['more than 30 years of half years', 'billingCycles', { billingCycles: 61, intervalCount: 6 }],
    ['more than 30 years', 'billingCycles', { billingCycles: 31, intervalType: 'year' }],
    ['a day that there is not', 'startDate', { startDate: '2026-02-29' }],
    ['no first day', 'startDate', { startDate: undefined }],
    ['no interval', 'intervalCount', { intervalCount: undefined }],
    ['no number of charges', 'billingCycles', { billingCycles: undefined }],
    ['a cap', 'maxAmount', { maxAmount: 5000 }],
    ['splits', 'splitIds', { splitIds: ['psplit_1'] }],
    ['a yes that is a text', 'notifyCustomer', { notifyCustomer: 'yes' }],
    ['an amount of zero', 'amount', { amount: 0 }],
    ['a currency in lower case', 'currency', { currency: 'usd' }],
    ['a time for a day', 'expiresAt', { expiresAt: '2026-03-10T00:00:00Z' }],
    ['an interval of weeks', 'intervalType', { intervalType: 'week' }],
  ])('with %s breaks a rule, and nothing is sent', async (_, path, change) => {
    const plan = { ...shop.aMonthlyPlan(), ...change } as CreateSubscriptionInput;
    const thrown = await failureOf(shop.subscriptions.create(plan));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      violations: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(shop.sandbox.requests.count(POST)).toBe(0);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['no cap', 'maxAmount', { maxAmount: undefined }],
    ['a first day', 'startDate', { startDate: '2026-03-01' }],
    ['an interval', 'intervalCount', { intervalCount: 1 }],
    ['a number of charges', 'billingCycles', { billingCycles: 12 }],
    ['a start of its own', 'startsWithFirstPayment', { startsWithFirstPayment: false }],
  ])('as presented with %s breaks a rule, and nothing is sent', async (_, path, change) => {
    const plan = { ...shop.anAsPresentedPlan(), ...change } as CreateSubscriptionInput;
    const thrown = await failureOf(shop.subscriptions.create(plan));
    expect(thrown).toMatchObject({
      violations: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(shop.sandbox.requests.count(POST)).toBe(0);
  });

  it.each([
    ['month', 1, 360],
    ['month', 3, 120],
    ['month', 6, 60],
    ['year', 1, 30],
  ] as const)('of a %s times %d may have %d charges', async (intervalType, count, cycles) => {
    const plan = { ...shop.aMonthlyPlan(), intervalType, billingCycles: cycles };
    await expect(
      shop.subscriptions.create({ ...plan, intervalCount: count } as CreateSubscriptionInput),
    ).resolves.toMatchObject({ billingCycles: cycles });
  });

  it.each([
    ['a first day in the past', { startDate: '2026-02-28' }, /Start date/],
    [
      'a link that has expired',
      { expiresAt: '2026-02-28' },
      /^Validation failed: Expires at must be today or in the future$/,
    ],
    [
      'a link for longer than a month',
      { expiresAt: '2026-04-02' },
      /^Validation failed: Expires at cannot be more than 1 months from today$/,
    ],
    ['a customer nobody knows', { customerId: 'cust_unknown' }, /^Customer not found$/],
  ])('with %s is the gateway’s to refuse', async (_, change, message) => {
    const thrown = await failureOf(shop.subscriptions.create(shop.aMonthlyPlan(change)));
    expect(thrown).toMatchObject({
      outcome: 'rejected',
      status: 400,
      gatewayMessage: expect.stringMatching(message),
    });
    expect(shop.sandbox.requests.count(POST)).toBe(1);
  });

  it('with a link for exactly a month is taken', async () => {
    await shop.subscriptions.create(shop.aMonthlyPlan({ expiresAt: '2026-04-01' }));
  });
});

describe('a create whose answer gets lost', () => {
  beforeEach(() => shop.sandbox.faults.next(POST, 'drop-after-commit'));

  it('is found by its reference, and never sent twice', async () => {
    const made = await shop.subscriptions.create(shop.aMonthlyPlan({ referenceNumber: 'R-1' }));
    expect(made).toMatchObject({ replayed: true, referenceNumber: 'R-1' });
    expect(shop.sandbox.subscriptions.list().map(({ id }) => id)).toEqual([made.id]);
  });

  it('without a reference is unknown, and says what to do', async () => {
    const thrown = await failureOf(shop.subscriptions.create(shop.aMonthlyPlan()));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      attempts: 1,
      advice: expect.stringMatching(/^List the subscriptions of the customer .*2026-03-01T/),
    });
    expect(shop.sandbox.subscriptions.list()).toHaveLength(1);
    expect(shop.sandbox.requests.count('GET /api/v1/subscriptions')).toBe(0);
  });

  it('is unknown where another one has its reference', async () => {
    shop.sandbox.faults.clear();
    const plan = shop.aMonthlyPlan({ referenceNumber: 'R-1' });
    await shop.subscriptions.create(plan);
    shop.sandbox.faults.next(POST, 'drop-after-commit');
    const thrown = await failureOf(shop.subscriptions.create(plan));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    expect(shop.sandbox.subscriptions.list()).toHaveLength(2);
  });

  it('is not taken for one of another amount', async () => {
    shop.sandbox.faults.clear();
    await shop.subscriptions.create(shop.aMonthlyPlan({ referenceNumber: 'R-1', amount: 999 }));
    shop.sandbox.faults.next(POST, 'reset-before-processing');
    const plan = shop.aMonthlyPlan({ referenceNumber: 'R-1' });
    expect(await failureOf(shop.subscriptions.create(plan))).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
    });
    expect(shop.sandbox.subscriptions.list()).toHaveLength(1);
  });
});
