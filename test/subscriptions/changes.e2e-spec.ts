import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Subscription } from 'nestjs-glomopay';
import { failureOf } from '../support/library/failure-of.js';
import { openPlanShop, type PlanShop } from './plans.js';

let shop: PlanShop;
beforeEach(async () => {
  shop = await openPlanShop();
});
afterEach(() => shop.close());

const refused = (gatewayMessage: string) => ({ outcome: 'rejected', status: 400, gatewayMessage });

describe('a plan that is paused', () => {
  it('is not charged, and after it was resumed goes on with the day that comes next', async () => {
    const { id } = await shop.signUp(shop.aMonthlyPlan({ billingCycles: 3 }));
    expect(await shop.subscriptions.pause(id)).toMatchObject({
      status: 'paused',
      nextPaymentDate: null,
    });
    await shop.until('2026-04-20');
    expect(await shop.subscriptions.resume(id)).toMatchObject({
      status: 'active',
      nextPaymentDate: '2026-05-01',
      endDate: '2026-06-01',
    });
    await shop.until('2026-06-01');
    expect(await shop.chargesOf({ id })).toEqual([
      '2026-03-01 success',
      '2026-05-01 success',
      '2026-06-01 success',
    ]);
    expect(await shop.subscriptions.get(id)).toMatchObject({ status: 'completed' });
  });

  it('cannot be paused again, and one that is not cannot be resumed', async () => {
    const { id } = await shop.signUp(shop.aMonthlyPlan());
    expect(await failureOf(shop.subscriptions.resume(id))).toMatchObject(
      refused('Subscription cannot be resumed from current state: active'),
    );
    await shop.subscriptions.pause(id);
    expect(await failureOf(shop.subscriptions.pause(id))).toMatchObject(
      refused('Subscription cannot be paused from current state: paused'),
    );
  });
});

describe('a plan that is cancelled', () => {
  it('is charged no more, and cannot be cancelled twice', async () => {
    const { id } = await shop.signUp(shop.aMonthlyPlan());
    expect(await shop.subscriptions.cancel(id)).toMatchObject({
      status: 'cancelled',
      cancelledAt: '2026-03-01',
      nextPaymentDate: null,
    });
    expect(await failureOf(shop.subscriptions.cancel(id))).toMatchObject(
      refused('Subscription cannot be cancelled from current state: cancelled'),
    );
    await shop.days(90);
    expect(await shop.paymentsOf({ id })).toHaveLength(1);
    expect(shop.told().slice(2)).toEqual(['subscription.cancelled']);
  });

  it('can be so before anybody has paid', async () => {
    const { id } = await shop.subscriptions.create(shop.aMonthlyPlan());
    expect(await shop.subscriptions.cancel(id)).toMatchObject({ status: 'cancelled' });
  });
});

describe('a next payment that is moved', () => {
  it('is made on its new day, and the ones after it follow', async () => {
    const { id } = await shop.signUp(shop.aMonthlyPlan({ billingCycles: 3 }));
    expect(await shop.subscriptions.moveNextPayment(id, '2026-03-20')).toMatchObject({
      nextPaymentDate: '2026-03-20',
      endDate: '2026-04-20',
    });
    await shop.until('2026-04-20');
    expect(await shop.chargesOf({ id })).toEqual([
      '2026-03-01 success',
      '2026-03-20 success',
      '2026-04-20 success',
    ]);
    expect(shop.told()[2]).toBe('subscription.updated');
  });

  it('is two days ahead at least', async () => {
    const { id } = await shop.signUp(shop.aMonthlyPlan());
    expect(await failureOf(shop.subscriptions.moveNextPayment(id, '2026-03-02'))).toMatchObject({
      outcome: 'rejected',
      status: 400,
    });
    await shop.subscriptions.moveNextPayment(id, '2026-03-03');
  });

  it('has a day of the calendar, or nothing is sent', async () => {
    const { id } = await shop.signUp(shop.aMonthlyPlan());
    const before = shop.sandbox.requests.count(
      'PATCH /api/v1/subscriptions/{id}/next-payment-date',
    );
    for (const date of ['2026-02-30', '2026-3-1', 'tomorrow', '']) {
      expect(await failureOf(shop.subscriptions.moveNextPayment(id, date))).toMatchObject({
        code: 'GLOMOPAY_VALIDATION',
      });
    }
    expect(shop.sandbox.requests.count('PATCH /api/v1/subscriptions/{id}/next-payment-date')).toBe(
      before,
    );
  });
});

type Change = 'pause' | 'resume' | 'cancel' | 'next-payment-date';

describe('a change whose answer gets lost', () => {
  const signedUp = async (change: Change): Promise<Subscription['id']> => {
    const { id } = await shop.signUp(shop.aMonthlyPlan());
    if (change === 'resume') await shop.subscriptions.pause(id);
    return id;
  };
  const make = (change: Change, id: Subscription['id']): Promise<Subscription> =>
    change === 'next-payment-date'
      ? shop.subscriptions.moveNextPayment(id, '2026-03-20')
      : shop.subscriptions[change](id);
  const changes: [Change, Partial<Subscription>][] = [
    ['pause', { status: 'paused' }],
    ['resume', { status: 'active' }],
    ['cancel', { status: 'cancelled' }],
    ['next-payment-date', { nextPaymentDate: '2026-03-20' }],
  ];

  it.each(changes)('is made once by %s, and the subscription given back', async (change, now) => {
    const id = await signedUp(change);
    shop.sandbox.faults.next(`PATCH /api/v1/subscriptions/{id}/${change}`, 'drop-after-commit');
    expect(await make(change, id)).toMatchObject(now);
    expect(await shop.subscriptions.get(id)).toMatchObject(now);
  });

  it.each(changes)('is unknown where %s has never arrived', async (change, now) => {
    const id = await signedUp(change);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      shop.sandbox.faults.next(
        `PATCH /api/v1/subscriptions/{id}/${change}`,
        'reset-before-processing',
      );
    }
    const thrown = await failureOf(make(change, id));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      advice: expect.stringContaining('Fetch the subscription'),
    });
    expect(await shop.subscriptions.get(id)).not.toMatchObject(now);
  });

  it.each(changes)('is unknown where it cannot be seen whether %s was made', async (change) => {
    const id = await signedUp(change);
    shop.sandbox.faults.next(`PATCH /api/v1/subscriptions/{id}/${change}`, 'drop-after-commit');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      shop.sandbox.faults.next(
        `PATCH /api/v1/subscriptions/{id}/${change}`,
        'reset-before-processing',
      );
      shop.sandbox.faults.next('GET /api/v1/subscriptions/{id}', 'server-error');
    }
    expect(await failureOf(make(change, id))).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  });
});

describe('an id that is none of a subscription', () => {
  it.each(['order_68c00b7btsthf', '../orders', 'sub_', 'sub_1/cancel', ''])(
    'reaches no path: %p',
    async (id) => {
      const { subscriptions } = shop;
      for (const call of [
        () => subscriptions.get(id),
        () => subscriptions.pause(id),
        () => subscriptions.resume(id),
        () => subscriptions.cancel(id),
        () => subscriptions.moveNextPayment(id, '2026-03-20'),
      ]) {
        expect(await failureOf(call())).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
      }
    },
  );

  it('is a 404 where nobody knows it', async () => {
    expect(await failureOf(shop.subscriptions.cancel('sub_0000000aBcDe'))).toMatchObject({
      name: 'GlomopayNotFoundError',
      gatewayMessage: 'Subscription not found',
    });
  });
});
