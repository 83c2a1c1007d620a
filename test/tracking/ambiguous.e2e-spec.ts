import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PaymentsService, PaymentTracker, TrackedMovements } from 'nestjs-glomopay';
import { aPaymentOf, aTrackedShop, type TrackedShop } from './tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };

describe('Several payments of the gateway under one request_id', () => {
  let shop: TrackedShop;
  let tracker: PaymentTracker;
  let requestId: string;
  let isThere: boolean;
  beforeEach(async () => {
    isThere = true;
    shop = await aTrackedShop();
    tracker = shop.app.get(PaymentTracker);
    const orderId = await shop.anOrder();
    requestId = `payment-of-${orderId}`;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      shop.sandbox.faults.next('POST /api/v1/payments', 'reset-before-processing');
    }
    await tracker.pay(aPaymentOf(orderId), usd).catch(() => undefined);
    // The gateway does not echo it, and has two by now.
    const payments = shop.app.get(PaymentsService);
    for (const other of ['one', 'two']) {
      await payments.create(aPaymentOf(orderId, { requestId: other }));
    }
    const list = payments.list.bind(payments);
    jest.spyOn(payments, 'list').mockImplementation(async (filter, options) => {
      if (filter?.requestId !== requestId) return list(filter, options);
      const page = await list({ payinId: orderId }, options);
      return { ...page, data: isThere ? page.data.map((item) => ({ ...item, raw: {} })) : [] };
    });
  });
  afterEach(() => shop.close());

  const round = async () => {
    shop.due();
    return tracker.sweep();
  };
  const ambiguous = { state: 'needs_attention', reason: 'ambiguous', paymentId: null };

  it('are for a person at once, and whoever looks is told so', async () => {
    expect(await tracker.check(requestId)).toMatchObject(ambiguous);
    expect(await tracker.get(requestId)).toMatchObject(ambiguous);
    expect(await shop.app.get(TrackedMovements).counts()).toEqual({ needsAttention: 1, open: 0 });
  });

  it('are counted by the round that finds them', async () => {
    expect(await round()).toEqual({ checked: 1, settled: 0, needsAttention: 1 });
    expect(await tracker.get(requestId)).toMatchObject(ambiguous);
  });

  it('are no proof that there is none, however old the record is', async () => {
    shop.age(requestId, 20);
    isThere = false;
    await round();
    isThere = true;
    await round();
    expect(await tracker.get(requestId)).toMatchObject(ambiguous);
    expect(shop.rows()).toEqual([]);
  });
});
