import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhookInbox } from 'nestjs-glomopay';
import { isPostgresThere } from '../../libs/nestjs-glomopay/test/postgres-schema.js';
import { isRedisThere } from '../../libs/nestjs-glomopay/test/redis-server.js';
import { answerAtBank, startPurchase, type StartedPurchase } from '../support/checkouts.js';
import { readEvents } from '../support/events.js';
import { freePort, type RunningShop, startShop, sweepsOnDemand } from '../support/running-shop.js';
import { postgresData, shopDatabases } from '../support/shop-data.js';
import { clearRedis, onRedis } from '../support/shop-redis.js';
import { until } from '../support/until.js';
import { Visitor } from '../support/visitor.js';

// Up to two shops a case, each commit on the disk: a busy machine needs more than five seconds.

const PATH = '/webhooks/glomopay';

const variants = [
  ...shopDatabases.map(([name, open]) => [name, open, {}] as const),
  ...((await isPostgresThere()) && (await isRedisThere())
    ? [['Postgres and Redis', postgresData, onRedis] as const]
    : []),
];

for (const [name, open, environment] of variants) {
  describe(`webhooks on ${name}`, () => {
    let shop: RunningShop;
    let visitor: Visitor;
    let purchase: StartedPurchase;

    beforeEach(async () => {
      shop = await startShop({ ...sweepsOnDemand, ...environment }, open());
      shop.hearWebhooks();
      visitor = await shop.visitor();
      purchase = await startPurchase(shop, visitor);
    });

    afterEach(async () => {
      await shop.close();
      if (environment === onRedis) {
        await clearRedis();
      }
    });

    const allHandled = () =>
      until(async () => (await shop.app.get(WebhookInbox).counts()).open === 0);
    const told = async (decision: 'approve' | 'decline') => {
      shop.sandbox.completePayment(purchase.paymentId, decision);
      await shop.sandbox.webhooks.settled();
      await allHandled();
    };

    it.each([
      ['approve', 'succeeded', 'payment.success', 'success'],
      ['decline', 'failed', 'payment.failed', 'failed'],
    ] as const)(
      'bring the outcome and a row although nobody comes back: %s',
      async (decision, outcome, type, status) => {
        const { reference, paymentId, orderId } = purchase;
        await told(decision);
        expect(await shop.data.purchases()).toEqual([{ reference, outcome, paymentId }]);
        const rows = await shop.data.paymentEvents();
        expect(rows).toContainEqual({ type, paymentId, orderId, status });
        expect(rows).toHaveLength(shop.sandbox.webhooks.events().length);
      },
    );

    it('write nothing a second time when they are delivered again', async () => {
      await told('approve');
      const rows = await shop.data.paymentEvents();
      expect(rows.map(({ type }) => type).toSorted()).toEqual(['orders.paid', 'payment.success']);
      for (const { id } of shop.sandbox.webhooks.deliveries()) {
        expect((await shop.sandbox.webhooks.resend(id)).attempts.at(-1)).toMatchObject({
          status: 200,
        });
      }
      await visitor.get(answerAtBank(shop, purchase, 'approve'));
      await allHandled();
      expect(await shop.data.paymentEvents()).toEqual(rows);
      expect(await shop.data.purchases()).toHaveLength(1);
    });

    it('write one row each while two processes work', async () => {
      const second = await shop.second();
      shop.sandbox.webhooks.endpoints = [shop.url + PATH, second.url + PATH];
      await told('approve');
      expect(await shop.data.paymentEvents()).toHaveLength(2);
      expect(await shop.data.purchases()).toHaveLength(1);
    });

    it('leave nothing behind when they are forged', async () => {
      shop.sandbox.faults.next('webhook', 'webhook-wrong-signature');
      shop.sandbox.webhooks.emit('payment', 'success', { id: purchase.paymentId });
      await shop.sandbox.webhooks.settled();
      const [delivery] = shop.sandbox.webhooks.deliveries();
      expect(delivery?.attempts).toMatchObject([{ status: 401 }]);
      expect(await shop.app.get(WebhookInbox).list()).toEqual([]);
      expect(await shop.data.paymentEvents()).toEqual([]);
      expect(await visitor.json(`${purchase.statusUrl}/state`)).toMatchObject({
        status: 'pending',
        events: [],
      });
    });

    it('are on the status page and the result of the browser that pays, and on no other', async () => {
      await told('approve');
      const result = `/payment/success?ref=${purchase.reference}`;
      for (const path of [purchase.statusUrl, result]) {
        expect(await visitor.read(path)).toMatch(
          /Webhook payment\.success received <time datetime="[\dT:.-]+Z">\d\d:\d\d:\d\d UTC<\/time>/,
        );
      }
      const other = await shop.visitor();
      expect((await other.get(`${purchase.statusUrl}/state`)).status).toBe(404);
      for (const stranger of [other, new Visitor(shop.url)]) {
        const page = await stranger.read(result);
        expect(page).toContain('Payment successful');
        expect(page).not.toContain('Webhook');
      }
    });

    it('are no business of another purchase', async () => {
      const other = await shop.visitor();
      const { statusUrl } = await startPurchase(shop, other);
      await told('approve');
      expect(await other.json(`${statusUrl}/state`)).toMatchObject({
        status: 'pending',
        events: [],
      });
    });

    it('come to an open page one by one, and turn it to the outcome', async () => {
      const events = readEvents(await visitor.get(`${purchase.statusUrl}/events`));
      expect((await events.next()).value).toMatchObject({ status: 'pending', events: [] });
      const payment = shop.sandbox.payments.get(purchase.paymentId) ?? {};
      shop.sandbox.webhooks.emit('payment', 'under_review', payment);
      expect((await events.next()).value).toMatchObject({
        status: 'pending',
        events: [{ text: 'Webhook payment.under_review received' }],
      });
      shop.sandbox.completePayment(purchase.paymentId, 'approve');
      let last: unknown;
      for await (const state of events) {
        last = state;
      }
      expect(last).toMatchObject({ status: 'succeeded' });
    });

    it('are taken whatever they are about, odd ones included', async () => {
      const { webhooks } = shop.sandbox;
      webhooks.emit('payment', 'success', { id: ['x'], payin_id: 'a\u0000b', status: '<b>' });
      webhooks.emit('orders', 'paid', { id: '../../x' });
      webhooks.emit('refund', 'success', { id: 'refund_1', payment_id: purchase.paymentId });
      webhooks.emit('payment', 'sent_to_mars', { status: 1 }, { allowUnknown: true });
      webhooks.emit('payout', 'success', {});
      await webhooks.settled();
      await allHandled();
      const nothing = { paymentId: null, orderId: null, status: null };
      const rows = await shop.data.paymentEvents();
      expect(rows.toSorted((a, b) => a.type.localeCompare(b.type))).toEqual([
        { type: 'orders.paid', ...nothing },
        { type: 'payment.sent_to_mars', ...nothing },
        { type: 'payment.success', ...nothing },
        { type: 'refund.success', ...nothing, paymentId: purchase.paymentId },
      ]);
      expect((await shop.app.get(WebhookInbox).counts()).failed).toBe(0);
    });
  });
}

describe('a shop without a webhook secret', () => {
  it('starts, says that webhooks are off, and has no route for them', async () => {
    const shop = await startShop({ GLOMOPAY_WEBHOOK_SECRET: '' });
    expect(shop.log.text).toContain('Webhooks are off');
    expect((await fetch(shop.url + PATH, { method: 'POST', body: '{}' })).status).toBe(404);
    const visitor = await shop.visitor();
    const purchase = await startPurchase(shop, visitor);
    const { headers } = await visitor.get(answerAtBank(shop, purchase, 'approve'));
    expect(headers.get('location')).toMatch(/^\/payment\/success/);
    await shop.close();
  });
});

describe('a shop whose Redis is away', () => {
  it('sells, acknowledges and keeps the events, and says nothing of the password', async () => {
    const port = await freePort();
    const shop = await startShop({ REDIS_URL: `redis://:s3cret@127.0.0.1:${port}/0` });
    shop.hearWebhooks();
    const visitor = await shop.visitor();
    const purchase = await startPurchase(shop, visitor);
    const { headers } = await visitor.get(answerAtBank(shop, purchase, 'approve'));
    expect(headers.get('location')).toMatch(/^\/payment\/success/);
    await shop.sandbox.webhooks.settled();
    expect(shop.sandbox.webhooks.deliveries().map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
    ]);
    const open = await shop.app.get(WebhookInbox).list({ state: 'open' });
    // Two deliveries, and what follows the outcome that the buyer has brought.
    expect(open.map(({ id }) => id.startsWith('after-')).toSorted()).toEqual([false, false, true]);
    expect(shop.log.text).not.toContain('s3cret');
    await shop.close();
  });
});
