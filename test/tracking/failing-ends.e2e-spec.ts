import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentTracker } from 'nestjs-glomopay';
import { aPaymentOf, aTrackedShop, type TrackedShop } from './tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };

describe('A payment that never arrived, and a handler that cannot take it in', () => {
  let shop: TrackedShop;
  let tracker: PaymentTracker;
  let requestId: string;
  beforeEach(async () => {
    shop = await aTrackedShop({
      tracking: { sweep: { everyMs: 0, firstCheckMs: 0, maxChecks: 5 } },
    });
    tracker = shop.app.get(PaymentTracker);
    const orderId = await shop.anOrder();
    requestId = `payment-of-${orderId}`;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      shop.sandbox.faults.next('POST /api/v1/payments', 'server-error', { status: 503 });
    }
    await tracker.pay(aPaymentOf(orderId), usd).catch(() => undefined);
    shop.age(requestId, 20);
    shop.purchases.failures = Number.POSITIVE_INFINITY;
  });
  afterEach(() => shop.close());

  const round = () => {
    shop.due();
    return tracker.sweep();
  };

  it('goes to a person when all looks are spent, and is told once the handler is mended', async () => {
    for (let checks = 0; checks < 4; checks += 1) {
      expect(await round()).toMatchObject({ checked: 1, settled: 0 });
    }
    expect(await tracker.get(requestId)).toMatchObject({ state: 'created' });
    expect(await round()).toMatchObject({ checked: 1, needsAttention: 1 });
    expect(await tracker.get(requestId)).toMatchObject({
      state: 'needs_attention',
      reason: 'handler_failed',
    });
    expect(shop.rows()).toEqual([]);
    shop.purchases.failures = 0;
    await tracker.resolve(requestId, { as: 'failed', note: 'nothing was charged', by: 'asha' });
    expect(shop.rows()).toEqual([{ reference: requestId, outcome: 'failed' }]);
  });

  it('waits longer from look to look', async () => {
    await round();
    await round();
    expect(await tracker.sweep()).toMatchObject({ checked: 0 });
  });

  it('keeps no other payment of the round from its end', async () => {
    await round();
    const { payment } = await tracker.pay(aPaymentOf(await shop.anOrder()), usd);
    shop.sandbox.completePayment(String(payment.paymentId), 'decline');
    const { record } = shop.purchases;
    shop.purchases.record = async (outcome, tx) => {
      if (outcome.requestId === requestId) throw new Error('not this one');
      shop.purchases.failures = 0;
      return record.call(shop.purchases, outcome, tx);
    };
    expect(await round()).toEqual({ checked: 2, settled: 1, needsAttention: 0 });
    expect(shop.rows()).toEqual([{ reference: payment.requestId, outcome: 'failed' }]);
  });
});
