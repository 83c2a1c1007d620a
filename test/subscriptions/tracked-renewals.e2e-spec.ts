import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  PaymentTracker,
  WebhookInbox,
  type TrackedPayment,
} from 'nestjs-glomopay';
import { verifiedCallback } from 'nestjs-glomopay/testing';
import { aPayment } from '../support/library/requests.js';
import { until } from '../support/until.js';
import { openPlanShop, type PlanShop } from './plans.js';

let shop: PlanShop;
let module: TestingModule;
let tracker: PaymentTracker;
beforeEach(async () => {
  shop = await openPlanShop();
  const { url: baseUrl, secretKey, webhookSecret } = shop.sandbox;
  module = await Test.createTestingModule({
    imports: [
      GlomopayModule.forRoot({ secretKey, baseUrl, webhookSecret }),
      GlomopayTrackingModule.forRoot({
        store: new MemoryTrackingStore(),
        sweep: { everyMs: 0 },
        inbox: { retryBaseMs: 20, retryMaxMs: 50, pollEveryMs: 20 },
      }),
    ],
  }).compile();
  module.useLogger(false);
  await module.init();
  tracker = module.get(PaymentTracker);
});
afterEach(async () => {
  await module.close();
  await shop.close();
});

/** Everything that the gateway has told so far arrives, oldest first. */
async function allArrives(): Promise<void> {
  const inbox = module.get(WebhookInbox);
  for (const { body } of shop.sandbox.webhooks.events().toReversed()) {
    const bytes = Buffer.from(body);
    const signature = createHmac('sha256', shop.sandbox.webhookSecret).update(bytes).digest('hex');
    await inbox.receive(bytes, signature);
  }
  await until(async () => (await inbox.counts()).open === 0);
}

async function signUp(subscriptionId: string): Promise<TrackedPayment | undefined> {
  const { orderId: _, ...card } = aPayment({ requestId: 'first' });
  const { payment } = await tracker.pay(
    { ...card, subscriptionId, requestId: 'first' },
    { amount: 1000, currency: 'USD' },
  );
  const paymentId = payment.paymentId ?? '';
  shop.sandbox.completePayment(paymentId, 'approve');
  await tracker.confirm(
    verifiedCallback({ orderId: subscriptionId, paymentId, status: 'success' }),
  );
  return tracker.get('first');
}

describe('the tracker of a first payment', () => {
  it('takes no renewal of a year for it, nor reports one', async () => {
    const { id } = await shop.subscriptions.create(shop.aMonthlyPlan());
    const first = await signUp(id);
    expect(first).toMatchObject({ state: 'succeeded', subscriptionId: id });
    await shop.days(366);
    await allArrives();
    expect(await shop.paymentsOf({ id })).toHaveLength(12);
    expect(await tracker.get('first')).toMatchObject({
      state: 'succeeded',
      paymentId: first?.paymentId,
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('hears of no failed renewal as of its own end', async () => {
    const { id } = await shop.subscriptions.create(shop.aMonthlyPlan());
    await signUp(id);
    shop.sandbox.declineNextCharge(id);
    await shop.until('2026-04-01');
    await allArrives();
    expect(await tracker.get('first')).toMatchObject({ state: 'succeeded' });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('says nothing of the charges of a subscription that is charged as presented', async () => {
    const { id } = await shop.subscriptions.create(shop.anAsPresentedPlan());
    await signUp(id);
    await shop.payments.charge({
      subscriptionId: id,
      amount: 2500,
      currency: 'USD',
      requestId: 'charge-1',
    });
    await shop.sandbox.clock.advance(0);
    await allArrives();
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });
});
