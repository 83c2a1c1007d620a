import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentTracker, TrackingStore, type TrackedIntent } from 'nestjs-glomopay';
import { aPaymentOf, aTrackedShop, theCallback, type TrackedShop } from './tracked-shop.js';

describe('Movements that another process tracks', () => {
  let shop: TrackedShop;
  let tracker: PaymentTracker;
  let store: TrackingStore;
  beforeEach(async () => {
    shop = await aTrackedShop();
    tracker = shop.app.get(PaymentTracker);
    store = shop.app.get(TrackingStore, { strict: false });
  });
  afterEach(() => shop.close());

  it('are left alone by the sweeper, and a payment of the same order and requestId has its outcome', async () => {
    const orderId = await shop.anOrder();
    const { payment } = await tracker.pay(aPaymentOf(orderId), { amount: 1_000, currency: 'USD' });
    const intent = {
      account: 'default',
      requestId: payment.requestId,
      reference: 'r',
      amount: 1_000,
      currency: 'USD',
    };
    const others: TrackedIntent[] = [
      { ...intent, kind: 'refund', subjectId: payment.paymentId, exclusive: false },
    ];
    for (const other of others) await store.insert(other, 0);
    shop.sandbox.completePayment(theCallback(orderId, payment.paymentId).paymentId, 'approve');
    for (let round = 0; round < 3; round += 1) {
      shop.due();
      await tracker.sweep();
    }
    expect(shop.rows()).toEqual([{ reference: payment.reference, outcome: 'succeeded' }]);
    for (const other of others) {
      expect(await store.find(other)).toMatchObject({ ...other, state: 'created', objectId: null });
    }
    expect(await tracker.check(payment.requestId)).toMatchObject({ state: 'succeeded' });
    expect(shop.log.text).not.toMatch(/failed|nothing here tracks/);
  });
});
