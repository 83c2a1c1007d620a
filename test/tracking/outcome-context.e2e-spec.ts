import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentTracker } from 'nestjs-glomopay';
import { aPaymentOf, aTrackedShop, theCallback, type TrackedShop } from './tracked-shop.js';

const requests = new AsyncLocalStorage<string>();

describe('An outcome handler', () => {
  let shop: TrackedShop;
  let contexts: unknown[];
  beforeEach(async () => {
    shop = await aTrackedShop();
    contexts = [];
    const { seen } = shop.purchases;
    const push = seen.push.bind(seen);
    seen.push = (...outcomes) => {
      contexts.push(requests.getStore());
      return push(...outcomes);
    };
  });
  afterEach(() => shop.close());

  async function begun() {
    const tracker = shop.app.get(PaymentTracker);
    const orderId = await shop.anOrder();
    const { payment } = await tracker.pay(aPaymentOf(orderId), { amount: 1_000, currency: 'USD' });
    const callback = theCallback(orderId, payment.paymentId);
    shop.sandbox.completePayment(callback.paymentId, 'approve');
    return { tracker, callback, requestId: payment.requestId };
  }

  it.each(['confirm', 'check', 'sweep'] as const)(
    'runs in nobody’s async context when `%s` brings the outcome',
    async (witness) => {
      const { tracker, callback, requestId } = await begun();
      await requests.run('a buyer', async () => {
        if (witness === 'confirm') await tracker.confirm(callback);
        else if (witness === 'check') await tracker.check(requestId);
        else await tracker.sweep();
        expect(requests.getStore()).toBe('a buyer');
      });
      expect(contexts).toEqual([undefined]);
    },
  );
});
