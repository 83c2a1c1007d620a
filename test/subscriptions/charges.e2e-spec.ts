import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChargeSubscriptionInput, Subscription } from 'nestjs-glomopay';
import { failureOf } from '../support/library/failure-of.js';
import { openPlanShop, type PlanShop } from './plans.js';

const POST = 'POST /api/v1/payments';

let shop: PlanShop;
let subscriptionId: Subscription['id'];
beforeEach(async () => {
  shop = await openPlanShop();
  subscriptionId = (await shop.signUp(shop.anAsPresentedPlan())).id;
  shop.sandbox.faults.clear();
});
afterEach(() => shop.close());

const aCharge = (change: Partial<ChargeSubscriptionInput> = {}): ChargeSubscriptionInput => ({
  subscriptionId,
  amount: 2500,
  currency: 'USD',
  requestId: 'charge-1',
  ...change,
});

/** Payments beside the first one. */
const charges = () => shop.sandbox.payments.list().length - 1;

describe('a charge of a subscription', () => {
  it('takes the money from the first card, without the customer', async () => {
    const attempt = await shop.payments.charge(aCharge({ notes: { month: 'March' } }));
    expect(attempt).toMatchObject({ status: 'pending', replayed: false });
    expect(attempt.redirectUrl).toBeUndefined();
    expect(await shop.payments.waitForFinal(attempt.paymentId)).toMatchObject({
      status: 'success',
      payinId: null,
      subscriptionId,
      requestedAmount: 2500,
      requestedCurrency: 'USD',
      notes: { month: 'March' },
      paymentMethod: { card: { endDigits: '1111' } },
    });
    expect(await shop.subscriptions.get(subscriptionId)).toMatchObject({ status: 'active' });
    expect(shop.told()).toEqual(['payment.success', 'subscription.active', 'payment.success']);
  });

  it('is made as often as there are request ids', async () => {
    await shop.payments.charge(aCharge());
    await shop.payments.charge(aCharge({ requestId: 'charge-2' }));
    expect(charges()).toBe(2);
  });

  it('may be declined, which is a result', async () => {
    shop.sandbox.declineNextCharge(subscriptionId);
    const { paymentId } = await shop.payments.charge(aCharge());
    expect(await shop.payments.waitForFinal(paymentId)).toMatchObject({
      status: 'failed',
      errorCode: 'PAYMENT_DECLINED',
    });
    const { paymentId: second } = await shop.payments.charge(aCharge({ requestId: 'charge-2' }));
    expect(await shop.payments.waitForFinal(second)).toMatchObject({ status: 'success' });
  });

  it('that is repeated gives the first one back', async () => {
    const { paymentId } = await shop.payments.charge(aCharge());
    await expect(shop.payments.charge(aCharge())).resolves.toMatchObject({
      paymentId,
      replayed: true,
    });
    expect(charges()).toBe(1);
  });

  it.each(['drop-after-commit', 'truncated-json', 'reset-before-processing'] as const)(
    'is made once when its answer is lost: %s',
    async (fault) => {
      shop.sandbox.faults.next(POST, fault);
      const { paymentId } = await shop.payments.charge(aCharge());
      expect(await shop.payments.get(paymentId)).toMatchObject({ requestedAmount: 2500 });
      expect(charges()).toBe(1);
    },
  );

  it('is unknown when it may have arrived and is not found', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      shop.sandbox.faults.next(POST, 'reset-before-processing');
    }
    expect(await failureOf(shop.payments.charge(aCharge()))).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      requestId: 'charge-1',
    });
    expect(charges()).toBe(0);
  });

  it.each([
    ['amount', { amount: 2400 }],
    ['subscriptionId', {}],
  ])('under a used request id with another %s is a conflict', async (member, change) => {
    const { paymentId } = await shop.payments.charge(aCharge());
    const other = (await shop.signUp(shop.anAsPresentedPlan())).id;
    const charge =
      member === 'subscriptionId' ? aCharge({ subscriptionId: other }) : aCharge(change);
    const before = charges();
    expect(await failureOf(shop.payments.charge(charge))).toMatchObject({
      code: 'GLOMOPAY_REQUEST_ID_CONFLICT',
      existingId: paymentId,
      differing: [member],
    });
    expect(charges()).toBe(before);
  });

  it('that two processes make at once is made once', async () => {
    const made = await Promise.all(
      [aCharge(), aCharge()].map((each) => shop.payments.charge(each)),
    );
    expect(new Set(made.map(({ paymentId }) => paymentId)).size).toBe(1);
    expect(made.map(({ replayed }) => replayed).toSorted()).toEqual([false, true]);
    expect(charges()).toBe(1);
  });

  it('under the request id of the first payment is a conflict, and not taken for made', async () => {
    const [first] = await shop.paymentsOf({ id: subscriptionId });
    const charge = aCharge({ requestId: `first-${subscriptionId}` });
    expect(await failureOf(shop.payments.charge(charge))).toMatchObject({
      code: 'GLOMOPAY_REQUEST_ID_CONFLICT',
      existingId: first?.id,
      differing: ['amount'],
    });
    expect(charges()).toBe(0);
  });

  it('whose repeat is refused in other words is still found', async () => {
    shop.sandbox.account.duplicateCheckLast = true;
    const { paymentId } = await shop.payments.charge(aCharge());
    await shop.subscriptions.cancel(subscriptionId);
    await expect(shop.payments.charge(aCharge())).resolves.toMatchObject({
      paymentId,
      replayed: true,
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no request id', { requestId: undefined }, 'requestId'],
    ['an empty request id', { requestId: '' }, 'requestId'],
    ['an order', { subscriptionId: 'order_1' }, 'subscriptionId'],
    ['no amount', { amount: undefined }, 'amount'],
    ['a float', { amount: 25.5 }, 'amount'],
    ['no currency', { currency: undefined }, 'currency'],
    ['a card', { card: { number: '4111111111111111' } }, ''],
  ])('with %s breaks a rule, and nothing is sent', async (_, change, path) => {
    const before = shop.sandbox.requests.count(POST);
    const thrown = await failureOf(
      shop.payments.charge({ ...aCharge(), ...change } as ChargeSubscriptionInput),
    );
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      violations: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(thrown.message).not.toContain('4111111111111111');
    expect(shop.sandbox.requests.count(POST)).toBe(before);
  });

  it.each([
    ['more than its cap', { amount: 5001 }, /amount/i],
    ['another currency', { currency: 'EUR' }, /currency/i],
    ['one that nobody knows', { subscriptionId: 'sub_0000000aBcDe' }, /Subscription not found/],
  ])('of %s is refused', async (_, change, message) => {
    expect(await failureOf(shop.payments.charge(aCharge(change)))).toMatchObject({
      outcome: 'rejected',
      gatewayMessage: expect.stringMatching(message),
    });
    expect(charges()).toBe(0);
  });

  it('is refused of a plan that the gateway charges, and before the first payment', async () => {
    const fixed = await shop.signUp(shop.aMonthlyPlan());
    const unpaid = await shop.subscriptions.create(shop.anAsPresentedPlan());
    const before = charges();
    for (const { id } of [fixed, unpaid]) {
      const thrown = await failureOf(shop.payments.charge(aCharge({ subscriptionId: id })));
      expect(thrown).toMatchObject({ outcome: 'rejected', status: 400 });
    }
    expect(charges()).toBe(before);
  });

  it('is not for the gateway to make', async () => {
    await shop.days(60);
    expect(charges()).toBe(0);
  });
});

describe('a subscription that is charged as presented', () => {
  it('cannot be paused, nor its next payment moved', async () => {
    for (const change of [
      shop.subscriptions.pause(subscriptionId),
      shop.subscriptions.moveNextPayment(subscriptionId, '2026-03-20'),
    ]) {
      expect(await failureOf(change)).toMatchObject({ outcome: 'rejected', status: 400 });
    }
  });
});
