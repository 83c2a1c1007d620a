import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type CreateRefundInput,
  PaymentTracker,
  RefundTracker,
  TrackingStore,
} from 'nestjs-glomopay';
import { aPaymentOf, aTrackedShop, type TrackedShop } from './tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };

describe('The answer of the gateway to a create', () => {
  let shop: TrackedShop;
  let tracker: PaymentTracker;
  let store: TrackingStore;
  beforeEach(async () => {
    shop = await aTrackedShop();
    tracker = shop.app.get(PaymentTracker);
    store = shop.app.get(TrackingStore, { strict: false });
  });
  afterEach(() => shop.close());

  const databaseFails = () =>
    jest.spyOn(store, 'settle').mockRejectedValueOnce(new Error('the database is gone'));
  const refused = (orderId: string) =>
    aPaymentOf(orderId, {
      card: { ...aPaymentOf(orderId).card, number: '4000000000000002' } as never,
    });

  it('reaches the buyer although it cannot be written down, and is found later', async () => {
    const orderId = await shop.anOrder();
    databaseFails();
    const { payment, redirectUrl } = await tracker.pay(aPaymentOf(orderId), usd);
    expect(payment).toMatchObject({ state: 'created', paymentId: null });
    expect(redirectUrl).toContain('http');
    expect(shop.log.text).toContain('the database is gone');
    const { paymentId } = (await tracker.check(payment.requestId)) ?? {};
    shop.sandbox.completePayment(String(paymentId), 'approve');
    await tracker.sweep();
    expect(await tracker.get(payment.requestId)).toMatchObject({ state: 'succeeded', paymentId });
    expect(shop.rows()).toHaveLength(1);
  });

  it.each(['a handler', 'the database'])(
    'is told when it was a refusal, also where %s fails meanwhile',
    async (which) => {
      const orderId = await shop.anOrder();
      if (which === 'a handler') shop.purchases.failures = 1;
      else databaseFails();
      const thrown = await tracker.pay(refused(orderId), usd).catch((error: unknown) => error);
      expect(thrown).toMatchObject({
        code: expect.stringMatching(/^GLOMOPAY_/),
        outcome: 'rejected',
      });
      expect(shop.rows()).toEqual([]);
      expect(await tracker.get(`payment-of-${orderId}`)).toMatchObject({ state: 'created' });
    },
  );

  async function aRefund(): Promise<CreateRefundInput> {
    const { payment } = await tracker.pay(aPaymentOf(await shop.anOrder()), usd);
    shop.sandbox.completePayment(String(payment.paymentId), 'approve');
    await tracker.check(payment.requestId);
    const { paymentId } = payment;
    return { paymentId, requestId: 'r-1', reason: 'Requested By Customer' } as CreateRefundInput;
  }

  it('is given for a refund, too', async () => {
    const refund = await aRefund();
    databaseFails();
    const start = await shop.app.get(RefundTracker).refund(refund, usd);
    expect(start).toMatchObject({ refund: { state: 'created' }, replayed: false });
  });

  it('is given for a refund that has ended at once, while the database is gone altogether', async () => {
    const refund = await aRefund();
    shop.sandbox.faults.next('POST /api/v1/refunds', 'refund-fails-at-create');
    // What was read of the handlers counts for a second.
    await sleep(1_100);
    const gone = new Error('the database is gone');
    const spies = (['settle', 'notedHandlers'] as const).map((method) =>
      jest.spyOn(store, method).mockRejectedValue(gone),
    );
    const start = await shop.app.get(RefundTracker).refund(refund, usd);
    expect(start).toMatchObject({ refund: { state: 'created' }, replayed: false });
    for (const spy of spies) spy.mockRestore();
    await tracker.sweep();
    expect(await shop.app.get(RefundTracker).get('r-1')).toMatchObject({ state: 'failed' });
  });
});
