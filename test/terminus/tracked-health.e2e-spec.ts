import { describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  GlomopayTrackingModule,
  MemoryTrackingStore,
  OrdersService,
  PaymentTracker,
  WebhookInbox,
} from 'nestjs-glomopay';
import { expectNoSecrets, signWebhook } from 'nestjs-glomopay/testing';
import { until } from '../support/until.js';
import { cleanUp } from '../support/library/clean-up.js';
import { aPayment } from '../support/library/requests.js';
import { type Platform, platforms } from '../support/nest-host.js';
import { startHealthHost, type HealthHost } from './health-host.js';

const opened = cleanUp();
const now = { cacheMs: 0 } as const;

async function aTrackedHost(platform: Platform, store = new MemoryTrackingStore()) {
  const sandbox = opened(await GlomopaySandbox.start());
  const { secretKey, webhookSecret, url: baseUrl } = sandbox;
  const tracking = GlomopayTrackingModule.forRoot({ store, sweep: { everyMs: 0 } });
  const gateway = { secretKey, webhookSecret, baseUrl };
  const host = opened(await startHealthHost(platform, gateway, [tracking]));
  return { host, sandbox, store };
}

/** A payment that pays another amount than was expected. */
async function aMismatch({ app }: HealthHost, sandbox: GlomopaySandbox): Promise<string> {
  const order = await app.get(OrdersService).create({
    customerId: sandbox.demoCustomerId,
    amount: 1000,
    currency: 'USD',
    purposeCode: 'P1401',
    paymentMethods: ['card'],
  });
  const tracker = app.get(PaymentTracker);
  const dto = aPayment({ orderId: order.id, requestId: 'purchase-1' });
  const { payment } = await tracker.pay(dto, { amount: 999, currency: 'USD' });
  sandbox.completePayment(payment.paymentId ?? '', 'approve');
  expect(await tracker.check('purchase-1')).toMatchObject({ state: 'mismatch' });
  return payment.paymentId ?? '';
}

describe.each(platforms)('GlomopayHealthIndicator beside tracking, on %s', (platform) => {
  it('shows what waits without being down for it, and nothing that names a payment', async () => {
    const { host, sandbox } = await aTrackedHost(platform);
    const paymentId = await aMismatch(host, sandbox);
    const { body, headers } = signWebhook(
      { type: 'payment.success', data: { id: paymentId } },
      sandbox.webhookSecret,
      'not-an-event',
    );
    await host.app.get(WebhookInbox).receive(body, headers['x-glomopay-signature']);
    await until(async () => (await host.app.get(WebhookInbox).counts()).failed === 1);
    const { status, text, glomopay } = await host.probe(now);
    expect(status).toBe(200);
    expect(glomopay).toMatchObject({
      status: 'up',
      problems: [],
      inbox: { open: 0, failed: 1, oldestOpenMs: null },
      payments: { open: 0, needsAttention: 1 },
    });
    expect(text).not.toMatch(/payt_|order_|cust_|purchase-1/);
    expectNoSecrets(text, { key: [sandbox.secretKey, sandbox.webhookSecret] });
  });
});

describe('the limits of GlomopayHealthIndicator', () => {
  it('make payments that need a person mean down', async () => {
    const { host, sandbox } = await aTrackedHost('express');
    await aMismatch(host, sandbox);
    const problems = async (options: object) => (await host.probe({ ...now, ...options })).glomopay;
    expect(await problems({ maxNeedsAttention: 1 })).toMatchObject({ status: 'up', problems: [] });
    expect(await problems({ maxNeedsAttention: 0 })).toMatchObject({
      status: 'down',
      problems: ['payments_need_attention'],
    });
  });

  it('count nothing that a person has closed', async () => {
    const { host, sandbox } = await aTrackedHost('express');
    await aMismatch(host, sandbox);
    const probe = () => host.probe({ ...now, maxNeedsAttention: 0 });
    expect(await probe()).toMatchObject({ status: 503, glomopay: { status: 'down' } });
    await host.app
      .get(PaymentTracker)
      .resolve('purchase-1', { as: 'refunded', note: 'by the bank', by: 'asha' });
    expect(await probe()).toMatchObject({
      status: 200,
      glomopay: { status: 'up', payments: { open: 0, needsAttention: 0 } },
    });
  });

  it('make parked events mean down', async () => {
    const store = new MemoryTrackingStore();
    store.inbox.counts = async () => ({ open: 0, failed: 1, oldestOpenAt: null });
    const { host } = await aTrackedHost('express', store);
    const { glomopay } = await host.probe({ ...now, maxFailed: 0 });
    expect(glomopay).toMatchObject({ status: 'down', problems: ['inbox_failed'] });
  });

  it.each([{ maxOpen: Number.NaN }, { maxFailed: -1 }, { maxNeedAttention: 1 }])(
    'are refused as %p, and the probe does not say that all is well',
    async (options) => {
      const { host } = await aTrackedHost('express');
      expect((await host.probe({ ...now, ...options })).status).toBe(500);
    },
  );

  it.each([
    ['59 minutes', 59, 200, []],
    ['61 minutes', 61, 503, ['inbox_stuck']],
  ])('let an event wait an hour: %s', async (_, minutes, status, problems) => {
    const store = new MemoryTrackingStore();
    store.inbox.counts = async () => ({
      open: 1,
      failed: 0,
      oldestOpenAt: new Date(Date.now() - minutes * 60_000),
    });
    const { host } = await aTrackedHost('express', store);
    const answer = await host.probe(now);
    expect(answer.status).toBe(status);
    expect(answer.glomopay).toMatchObject({ problems, inbox: { open: 1 } });
  });

  it.each([
    ['fails', () => Promise.reject(new Error('ECONNREFUSED db.internal'))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])('mean down for a database that %s, without what it says', async (_, counts) => {
    const store = new MemoryTrackingStore();
    store.counts = counts;
    const { host } = await aTrackedHost('express', store);
    const { status, text, glomopay } = await host.probe({ ...now, timeoutMs: 2_000 });
    expect([status, glomopay['problems']]).toEqual([503, ['tracking_unavailable']]);
    expect(glomopay).toMatchObject({ keyAccepted: true });
    expect(text).not.toContain('db.internal');
  });
});
