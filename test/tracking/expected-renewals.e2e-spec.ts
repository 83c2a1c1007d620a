import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentTracker, SubscriptionsService, type TrackedPayment } from 'nestjs-glomopay';
import { aCollectingShop, shelves, type CollectingShop } from './collecting-shop.js';
import { aPaymentOf } from './tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };

describe.each(Object.entries(shelves))(
  'Charges of a subscription that are expected (%s)',
  (_, shelf) => {
    let shop: CollectingShop;
    let tracker: PaymentTracker;
    let subscriptionId: string;
    beforeEach(async () => {
      shop = await aCollectingShop(await shelf());
      tracker = shop.app.get(PaymentTracker);
      subscriptionId = await shop.aMonthlyPlan();
    });
    afterEach(() => shop.close());

    const expectCharge = (reference: string, over: { amount?: number } = {}) =>
      tracker.expect({ ...usd, subscriptionId, reference, ...over });
    const sweeps = async (...references: readonly string[]) => {
      for (const reference of references) await shop.due('collection', reference);
      await tracker.sweep();
    };
    const paymentOf = async (reference: string): Promise<TrackedPayment['paymentId'] | undefined> =>
      (await tracker.get(reference))?.paymentId;
    const told = () => shop.heard().map(({ reference, outcome }) => `${reference} ${outcome}`);

    it('are one payment each: the sign-up at the page of the gateway, then the renewals', async () => {
      await expectCharge('month-0');
      const first = await shop.pays({ subscriptionId });
      await shop.allArrives();
      expect(await tracker.get('month-0')).toMatchObject({
        state: 'succeeded',
        subscriptionId,
        orderId: null,
        paymentId: first.paymentId,
      });
      await expectCharge('month-1');
      await expectCharge('month-2');
      await sweeps('month-1', 'month-2');
      expect(told()).toEqual(['month-0 succeeded']);
      await shop.days(32);
      await shop.allArrives();
      expect(await tracker.get('month-2')).toMatchObject({ state: 'attempted', paymentId: null });
      await shop.days(31);
      await sweeps('month-2');
      expect(told()).toEqual(['month-0 succeeded', 'month-1 succeeded', 'month-2 succeeded']);
      const ids = await Promise.all(['month-0', 'month-1', 'month-2'].map(paymentOf));
      expect(new Set(ids).size).toBe(3);
      expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
    });

    it('get two renewals in their order, also when both are seen at once and the younger looks first', async () => {
      await shop.pays({ subscriptionId });
      await shop.days(1);
      await expectCharge('month-0');
      await sweeps('month-0');
      expect(await paymentOf('month-0')).not.toBeNull();
      await expectCharge('month-1');
      await expectCharge('month-2');
      await shop.days(62);
      const later = await tracker.check('month-2');
      const sooner = await tracker.check('month-1');
      expect([sooner?.state, later?.state]).toEqual(['succeeded', 'succeeded']);
      const payments = await shop.paymentsOf(subscriptionId);
      expect([sooner?.paymentId, later?.paymentId]).toEqual(
        payments.slice(1, 3).map(({ id }) => id),
      );
      await shop.allArrives({ newestFirst: true });
      expect(told().toSorted()).toEqual([
        'month-0 succeeded',
        'month-1 succeeded',
        'month-2 succeeded',
      ]);
    });

    it('stay open when a charge fails, and end by the next one that succeeds', async () => {
      await shop.pays({ subscriptionId });
      await expectCharge('month-0');
      await sweeps('month-0');
      await expectCharge('month-1');
      shop.sandbox.declineNextCharge(subscriptionId);
      await shop.days(32);
      await shop.allArrives();
      expect(await tracker.get('month-1')).toMatchObject({ state: 'attempted', paymentId: null });
      await shop.days(31);
      await shop.allArrives();
      expect(await tracker.get('month-1')).toMatchObject({ state: 'succeeded' });
    });

    it('fail with a subscription that is cancelled', async () => {
      await shop.pays({ subscriptionId });
      await expectCharge('month-0');
      await sweeps('month-0');
      await expectCharge('month-1');
      await shop.app.get(SubscriptionsService).cancel(subscriptionId);
      await shop.allArrives({ only: /^subscription\./ });
      expect(await tracker.get('month-1')).toMatchObject({
        state: 'failed',
        reason: 'payin_ended',
        gatewayStatus: 'cancelled',
      });
      expect(told()).toEqual(['month-0 succeeded', 'month-1 failed']);
    });

    it('are never the first payment that we charged ourselves', async () => {
      const { orderId: _none, ...card } = aPaymentOf('', { requestId: 'sign-up' });
      await expectCharge('month-1');
      const { payment } = await tracker.pay({ ...card, subscriptionId, requestId: 'sign-up' }, usd);
      const callback = shop.answers(payment.paymentId ?? '');
      await sweeps('month-1');
      await tracker.confirm(callback);
      await shop.allArrives();
      expect(await tracker.get('sign-up')).toMatchObject({ state: 'succeeded' });
      expect(await tracker.get('month-1')).toMatchObject({ state: 'attempted', paymentId: null });
      await shop.days(32);
      await shop.allArrives();
      expect(told()).toEqual(['sign-up succeeded', 'month-1 succeeded']);
      expect(await paymentOf('month-1')).not.toBe(payment.paymentId);
    });

    it('of another amount are a mismatch, unless another expectation has that amount', async () => {
      await shop.pays({ subscriptionId });
      await expectCharge('month-0');
      await sweeps('month-0');
      await expectCharge('wrong', { amount: 900 });
      await expectCharge('right');
      await shop.days(32);
      await shop.allArrives();
      expect(await tracker.get('right')).toMatchObject({ state: 'succeeded' });
      expect(await tracker.get('wrong')).toMatchObject({ state: 'attempted', paymentId: null });
      await shop.days(31);
      await shop.allArrives();
      expect(await tracker.get('wrong')).toMatchObject({
        state: 'mismatch',
        reason: 'amount_differs',
      });
      expect(told()).toEqual(['month-0 succeeded', 'right succeeded']);
    });

    it('are none of those that were paid before anybody expected one', async () => {
      await shop.close();
      shop = await aCollectingShop(await shelf(), { behindMs: 86_400_000 });
      tracker = shop.app.get(PaymentTracker);
      subscriptionId = await shop.aMonthlyPlan();
      const old = await shop.pays({ subscriptionId });
      await expectCharge('month-1');
      await shop.allArrives();
      await sweeps('month-1');
      expect(await tracker.get('month-1')).toMatchObject({ state: 'attempted', paymentId: null });
      await tracker.confirm(old.callback);
      expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 1 });
      await shop.days(33);
      await shop.allArrives();
      expect(told()).toEqual(['month-1 succeeded']);
      expect(await paymentOf('month-1')).not.toBe(old.paymentId);
      expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
    });

    it('that nobody expects say nothing once one has been charged', async () => {
      await expectCharge('month-0');
      await shop.pays({ subscriptionId });
      await shop.allArrives();
      await shop.days(63);
      await shop.allArrives();
      expect(told()).toEqual(['month-0 succeeded']);
      expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
    });
  },
);
