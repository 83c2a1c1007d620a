import { Inject, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  OnGlomopayEvent,
  OnPaymentOutcome,
  PaymentTracker,
  WebhookInbox,
  type PaymentOutcome,
} from 'nestjs-glomopay';
import { signWebhook } from 'nestjs-glomopay/testing';
import { FastClock } from '../support/library/fast-clock.js';
import { until } from '../support/until.js';
import {
  aPaymentOf,
  aTrackedShop,
  Purchases,
  theCallback,
  WEBHOOK_SECRET,
  type OtherParts,
  type TrackedShop,
} from './tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };
const brisk = { inbox: { pollEveryMs: 20, retryBaseMs: 20, retryMaxMs: 50 } };
const sweeping = { ...brisk, sweep: { everyMs: 100, firstCheckMs: 0 } };

/** A second handler of outcomes. */
@Injectable()
class Stock {
  readonly seen: PaymentOutcome[] = [];

  @OnPaymentOutcome()
  take(outcome: PaymentOutcome): void {
    this.seen.push(outcome);
  }
}

/** A listener of events. */
@Injectable()
class Mail {
  readonly heard: string[] = [];

  @OnGlomopayEvent('payment.*')
  hear({ type }: { readonly type: string }): void {
    this.heard.push(type);
  }
}

describe('A process that lacks handlers of others on its store', () => {
  let shop: TrackedShop;
  beforeEach(async () => {
    shop = await aTrackedShop({ tracking: sweeping });
  });
  afterEach(() => shop.close());

  const receiver: OtherParts = { providers: [], tracking: brisk };
  const receiveOnly: OtherParts = { providers: [Purchases], tracking: { ...brisk, work: false } };
  const worker = () => shop.second({ tracking: sweeping });
  /** What others have is read once a second. */
  const aboutToBeRead = () => new Promise((resolve) => setTimeout(resolve, 1_100));
  const aSuccess = async (tracker: PaymentTracker) => {
    const orderId = await shop.anOrder();
    const { payment } = await tracker.pay(aPaymentOf(orderId), usd);
    const paymentId = String(payment.paymentId);
    shop.sandbox.completePayment(paymentId, 'approve');
    return { orderId, paymentId, requestId: payment.requestId };
  };

  it.each([
    ['has none', receiver],
    ['is told not to work', receiveOnly],
  ])('and %s, leaves an outcome to the process that has them', async (_, parts) => {
    const api = (await shop.second(parts)).get(PaymentTracker);
    const { orderId, paymentId } = await aSuccess(api);
    expect(await api.confirm(theCallback(orderId, paymentId))).toMatchObject({
      state: 'succeeded',
    });
    expect(shop.rows()).toHaveLength(1);
    expect(shop.purchases.seen).toHaveLength(1);
  });

  it.each([
    ['has none', receiver],
    ['is told not to work', receiveOnly],
  ])('and %s, keeps the outcome open while nobody has them', async (_, parts) => {
    // It waits for the others, in vain.
    const api = await shop.second({ ...parts, clock: new FastClock() });
    const tracker = api.get(PaymentTracker);
    await shop.app.close();
    const { orderId, paymentId, requestId } = await aSuccess(tracker);
    expect(await tracker.confirm(theCallback(orderId, paymentId))).toMatchObject({
      state: 'attempted',
      gatewayStatus: 'success',
    });
    expect(await tracker.check(requestId)).toMatchObject({ state: 'attempted' });
    expect(await tracker.sweep()).toEqual({ checked: 0, settled: 0, needsAttention: 0 });
    expect(shop.rows()).toEqual([]);
    const seen = (await worker()).get(Purchases).seen;
    await until(() => Promise.resolve(seen.length === 1));
    expect(await tracker.get(requestId)).toMatchObject({ state: 'succeeded' });
    expect(shop.rows()).toHaveLength(1);
  });

  it('leaves a refusal of the gateway to it too, with its reason', async () => {
    const api = (await shop.second(receiver)).get(PaymentTracker);
    await shop.app.close();
    const orderId = await shop.anOrder();
    const refused = aPaymentOf(orderId, {
      card: { ...aPaymentOf(orderId).card, number: '4000000000000002' } as never,
    });
    await expect(api.pay(refused, usd)).rejects.toMatchObject({ status: 400 });
    expect(await api.get(`payment-of-${orderId}`)).toMatchObject({
      state: 'created',
      reason: 'rejected',
    });
    const { seen } = (await worker()).get(Purchases);
    await until(() => Promise.resolve(seen.length === 1));
    expect(seen).toMatchObject([{ outcome: 'failed', reason: 'rejected' }]);
    expect(await api.get(`payment-of-${orderId}`)).toMatchObject({ state: 'failed' });
  });

  it('concludes nothing before it knows its own', async () => {
    const orderId = await shop.anOrder();
    const { payment } = await shop.app.get(PaymentTracker).pay(aPaymentOf(orderId), usd);
    await shop.app.close();
    shop.forgetting('Purchases.record', 8 * 24 * 60 * 60_000);
    shop.sandbox.completePayment(String(payment.paymentId), 'approve');
    const looks: unknown[] = [];
    @Injectable()
    class Early implements OnModuleInit {
      readonly #tracker: PaymentTracker;
      constructor(@Inject(PaymentTracker) tracker: PaymentTracker) {
        this.#tracker = tracker;
      }

      async onModuleInit(): Promise<void> {
        looks.push((await this.#tracker.check(payment.requestId))?.state);
      }
    }
    @Module({ providers: [Early] })
    class EarlyModule {}
    const late = await shop.second({ tracking: sweeping, modules: [EarlyModule] });
    await until(() => Promise.resolve(late.get(Purchases).seen.length === 1));
    expect(looks).toEqual(['attempted']);
    expect(shop.log.text).toContain('until the application has started');
  });

  it('says which handler it lacks', async () => {
    const api = (await shop.second(receiver)).get(PaymentTracker);
    const { orderId, paymentId } = await aSuccess(api);
    await api.confirm(theCallback(orderId, paymentId));
    expect(shop.log.text).toContain('left to processes that have Purchases.record');
  });

  it('stores events and leaves the work on them', async () => {
    const api = await shop.second(receiver);
    await shop.app.close();
    const inbox = api.get(WebhookInbox);
    const { body, headers } = signWebhook(
      { type: 'payment.success', data: { id: 'payt_1' } },
      WEBHOOK_SECRET,
    );
    expect(await inbox.receive(body, headers['x-glomopay-signature'])).toMatchObject({
      duplicate: false,
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await inbox.list()).toMatchObject([{ state: 'open', handlers: [] }]);
    await worker();
    await until(async () => (await inbox.counts()).open === 0);
    expect(await inbox.list()).toMatchObject([{ state: 'handled' }]);
  });

  it('does not work while it has some handlers and lacks others, of outcomes or of events', async () => {
    const full = await shop.second({ providers: [Purchases, Stock, Mail], tracking: brisk });
    await aboutToBeRead();
    const { orderId, paymentId } = await aSuccess(full.get(PaymentTracker));
    const callback = theCallback(orderId, paymentId);
    expect(await shop.app.get(PaymentTracker).sweep()).toMatchObject({ checked: 0 });
    await full.get(PaymentTracker).confirm(callback);
    expect(full.get(Stock).seen).toHaveLength(1);
    expect(shop.rows()).toHaveLength(1);
  });

  it('works again when the other handler was given up', async () => {
    const full = await shop.second({ providers: [Purchases, Stock], tracking: brisk });
    await full.close();
    shop.forgetting('Stock.take', 121_000);
    await aboutToBeRead();
    const tracker = shop.app.get(PaymentTracker);
    const { orderId, paymentId } = await aSuccess(tracker);
    expect(await tracker.confirm(theCallback(orderId, paymentId))).toMatchObject({
      state: 'succeeded',
    });
    expect(shop.rows()).toHaveLength(1);
    await shop.second();
    expect(shop.log.text).toContain("give it its old name, { name: 'Stock.take' }");
  });
});
