import { afterEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '../support/library/failure-of.js';
import { aCard, aPayment } from '../support/library/requests.js';
import { openPlanShop, type PlanShop } from './plans.js';

let shop: PlanShop;
afterEach(() => shop.close());

describe('a monthly plan that starts with its first payment', () => {
  it('is charged on its day for a year, and is completed', async () => {
    shop = await openPlanShop('2026-03-15T12:00:00.000Z');
    const { id, callback, first } = await shop.signUp(shop.aMonthlyPlan());

    expect(callback).toMatchObject({ orderId: id, paymentId: first.id, status: 'success' });
    expect(first).toMatchObject({
      payinId: null,
      subscriptionId: id,
      status: 'success',
      requestedAmount: 1000,
      requestedCurrency: 'USD',
    });
    expect(await shop.subscriptions.get(id)).toMatchObject({
      status: 'active',
      startDate: '2026-03-15',
      nextPaymentDate: '2026-04-15',
      endDate: '2027-02-15',
    });

    await shop.until('2027-02-14');
    expect(await shop.subscriptions.get(id)).toMatchObject({
      status: 'active',
      nextPaymentDate: '2027-02-15',
    });
    await shop.days(60);
    expect(await shop.subscriptions.get(id)).toMatchObject({
      status: 'completed',
      nextPaymentDate: null,
      endDate: '2027-02-15',
    });
    expect(await shop.chargesOf({ id })).toEqual(
      [
        '2026-03-15',
        '2026-04-15',
        '2026-05-15',
        '2026-06-15',
        '2026-07-15',
        '2026-08-15',
        '2026-09-15',
        '2026-10-15',
        '2026-11-15',
        '2026-12-15',
        '2027-01-15',
        '2027-02-15',
      ].map((day) => `${day} success`),
    );
    expect(shop.told()).toEqual([
      'payment.success',
      'subscription.active',
      ...Array<string>(11).fill('payment.success'),
      'subscription.completed',
    ]);
  });

  it('is charged at 01:00 UTC, not before', async () => {
    shop = await openPlanShop('2026-03-15T23:30:00.000Z');
    const { id } = await shop.signUp(shop.aMonthlyPlan());
    await shop.sandbox.clock.advance(Date.parse('2026-04-15T00:59:59Z') - shop.sandbox.clock.now());
    expect(await shop.paymentsOf({ id })).toHaveLength(1);
    await shop.sandbox.clock.advance(1000);
    const [, renewal] = await shop.paymentsOf({ id });
    expect(renewal).toMatchObject({ createdAt: '2026-04-15T01:00:00.000Z', status: 'success' });
  });

  it.each([
    [
      'a 31st',
      '2026-01-31',
      {},
      ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'],
    ],
    [
      'a 30 January before a leap February',
      '2028-01-30',
      {},
      ['2028-02-29', '2028-03-30', '2028-04-30'],
    ],
    [
      'a 31 August, every six months',
      '2026-08-31',
      { intervalCount: 6 as const },
      ['2027-02-28', '2027-08-31', '2028-02-29', '2028-08-31'],
    ],
  ])('that began on %s is charged on the last day of a short month', async (_, day, plan, days) => {
    shop = await openPlanShop(`${day}T12:00:00.000Z`);
    const billingCycles = days.length + 1;
    const { id } = await shop.signUp(shop.aMonthlyPlan({ ...plan, billingCycles }));
    await shop.until(days.at(-1) ?? '');
    expect(await shop.chargesOf({ id })).toEqual([day, ...days].map((each) => `${each} success`));
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'completed' });
  });

  it('of 29 February is charged every 28th, and on the next 29th', async () => {
    shop = await openPlanShop('2028-02-29T12:00:00.000Z');
    const { id } = await shop.signUp({
      ...shop.aMonthlyPlan({ billingCycles: 5 }),
      intervalType: 'year',
      intervalCount: 1,
    });
    await shop.until('2032-02-29');
    expect((await shop.chargesOf({ id })).map((charge) => charge.slice(0, 10))).toEqual([
      '2028-02-29',
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ]);
  });
});

describe('a plan that does not start with its first payment', () => {
  it('is authorized by a verification, and active with the first charge of its day', async () => {
    shop = await openPlanShop();
    const { id, first } = await shop.signUp(
      shop.aMonthlyPlan({ startsWithFirstPayment: false, startDate: '2026-03-10' }),
    );
    expect(first.requestedAmount).not.toBe(1000);
    expect(await shop.subscriptions.get(id)).toMatchObject({
      status: 'authorized',
      nextPaymentDate: '2026-03-10',
      endDate: '2027-02-10',
    });
    await shop.until('2026-03-10');
    expect(await shop.subscriptions.get(id)).toMatchObject({
      status: 'active',
      nextPaymentDate: '2026-04-10',
    });
    const [, renewal] = await shop.paymentsOf({ id });
    expect(renewal).toMatchObject({ requestedAmount: 1000, status: 'success' });
    expect(shop.told()).toEqual([
      'payment.success',
      'subscription.authorized',
      'payment.success',
      'subscription.active',
    ]);
  });

  it('that was signed up for after its first day is charged by the next run', async () => {
    shop = await openPlanShop();
    const { id } = await shop.signUp(shop.aMonthlyPlan({ startsWithFirstPayment: false }));
    await shop.until('2026-03-02');
    expect(await shop.chargesOf({ id })).toEqual(['2026-03-01 success', '2026-03-02 success']);
    expect(await shop.subscriptions.get(id)).toMatchObject({ nextPaymentDate: '2026-04-01' });
  });
});

describe('a first card', () => {
  it('that is declined leaves the subscription to another one', async () => {
    shop = await openPlanShop();
    const { id } = await shop.subscriptions.create(shop.aMonthlyPlan());
    const { orderId: _, ...card } = aPayment({ card: aCard({ number: '4597262222222223' }) });
    const { paymentId } = await shop.payments.create({ ...card, subscriptionId: id });
    shop.sandbox.completePayment(paymentId, 'approve');
    expect(await shop.payments.get(paymentId)).toMatchObject({ status: 'failed' });
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'created' });
    await shop.payments.create({ ...aPayment(), orderId: undefined, subscriptionId: id });
    expect(shop.told()).toEqual(['payment.failed']);
  });

  it('is refused once there is one', async () => {
    shop = await openPlanShop();
    const { id } = await shop.signUp(shop.aMonthlyPlan());
    const again = { ...aPayment(), orderId: undefined, subscriptionId: id };
    expect(await failureOf(shop.payments.create(again))).toMatchObject({ outcome: 'rejected' });
  });

  it('comes too late when the link has expired', async () => {
    shop = await openPlanShop();
    const { id } = await shop.subscriptions.create(shop.aMonthlyPlan({ expiresAt: '2026-03-05' }));
    const { orderId: _, ...card } = aPayment();
    const { paymentId } = await shop.payments.create({ ...card, subscriptionId: id });
    await shop.until('2026-03-05');
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'created' });
    await shop.until('2026-03-06');
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'expired' });
    shop.sandbox.completePayment(paymentId, 'approve');
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'expired' });
    await shop.days(60);
    expect(await shop.paymentsOf({ id })).toHaveLength(1);
  });
});

describe('a renewal that is declined', () => {
  it('halts the plan, and the next one that succeeds makes it active again', async () => {
    shop = await openPlanShop();
    const { id } = await shop.signUp(shop.aMonthlyPlan({ billingCycles: 3 }));
    shop.sandbox.declineNextCharge(id);
    await shop.until('2026-04-01');
    expect(await shop.subscriptions.get(id)).toMatchObject({
      status: 'halted',
      haltReason: expect.any(String),
      nextPaymentDate: '2026-05-01',
      endDate: '2026-06-01',
    });
    const halted = await failureOf(shop.subscriptions.resume(id));
    expect(halted).toMatchObject({
      outcome: 'rejected',
      gatewayMessage: 'Subscription cannot be resumed from current state: halted',
    });
    await shop.until('2026-05-01');
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'active', haltReason: null });
    await shop.days(60);
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'completed' });
    expect(await shop.chargesOf({ id })).toEqual([
      '2026-03-01 success',
      '2026-04-01 failed',
      '2026-05-01 success',
      '2026-06-01 success',
    ]);
    expect(shop.told().slice(2)).toEqual([
      'payment.failed',
      'subscription.halted',
      'payment.success',
      'subscription.active',
      'payment.success',
      'subscription.completed',
    ]);
  });

  it('before the plan was ever charged leaves it authorized, until one succeeds', async () => {
    shop = await openPlanShop();
    const { id } = await shop.signUp(shop.aMonthlyPlan({ startsWithFirstPayment: false }));
    shop.sandbox.declineNextCharge(id);
    await shop.until('2026-03-02');
    expect(await shop.chargesOf({ id })).toEqual(['2026-03-01 success', '2026-03-02 failed']);
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'authorized' });
    await shop.until('2026-04-01');
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'active' });
  });

  it('is asked for over the control route too, once', async () => {
    shop = await openPlanShop();
    const { id } = await shop.signUp(shop.aMonthlyPlan());
    const url = `${shop.sandbox.url}/_sandbox/subscriptions/${id}/decline-next-charge`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(200);
    await shop.until('2026-05-01');
    expect((await shop.chargesOf({ id })).slice(1)).toEqual([
      '2026-04-01 failed',
      '2026-05-01 success',
    ]);
  });
});

describe('a charge that completes a halted plan', () => {
  it('makes it active first', async () => {
    shop = await openPlanShop();
    const { id } = await shop.signUp(shop.aMonthlyPlan({ billingCycles: 2 }));
    shop.sandbox.declineNextCharge(id);
    await shop.until('2026-05-01');
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'completed' });
    expect(shop.told().slice(-3)).toEqual([
      'payment.success',
      'subscription.active',
      'subscription.completed',
    ]);
  });
});
