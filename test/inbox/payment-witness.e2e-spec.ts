import { Injectable } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import type Database from 'libsql';
import {
  OnPaymentOutcome,
  OrdersService,
  type PaymentOutcome,
  PaymentTracker,
  WebhookInbox,
} from 'nestjs-glomopay';
import { aPaymentOf, theCallback } from '../tracking/tracked-shop.js';
import { FastClock } from '../support/library/fast-clock.js';
import { until } from '../support/until.js';
import { type InboxHost, ROUTE, startInboxHost } from './inbox-host.js';

@Injectable()
class Purchases {
  @OnPaymentOutcome()
  async record({ outcome, reference }: PaymentOutcome, tx: Database.Database): Promise<void> {
    tx.prepare('INSERT INTO effects VALUES (?, ?)').run(outcome, reference);
  }
}

/** Every order in which a few things can happen. */
function orders<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, index) =>
    orders(things.toSpliced(index, 1)).map((rest) => [first, ...rest]),
  );
}

describe('A webhook about a payment', () => {
  let sandbox: GlomopaySandbox;
  let host: InboxHost;
  let tracker: PaymentTracker;
  beforeEach(async () => {
    sandbox = await GlomopaySandbox.start({ webhookSecret: 'whsec_of_these_tests_1f0c2e' });
    host = await startInboxHost('fastify', {
      providers: [Purchases],
      gateway: { secretKey: sandbox.secretKey, baseUrl: sandbox.url },
      clock: new FastClock(),
    });
    tracker = host.app.get(PaymentTracker);
    sandbox.webhooks.endpoints = [`${await host.app.getUrl()}${ROUTE}`];
  });
  afterEach(async () => {
    await host.close();
    await sandbox.stop();
  });

  const effects = () => host.database.prepare('SELECT * FROM effects').all();
  const inbox = () => host.app.get(WebhookInbox);
  const allHandled = () => until(async () => (await inbox().counts()).open === 0);
  const started = async (requestId = 'request-1', amount = 1_000) => {
    const order = await host.app
      .get(OrdersService)
      .create({ customerId: sandbox.demoCustomerId, amount: 1_000, currency: 'USD' });
    const { payment } = await tracker.pay(aPaymentOf(order.id, { requestId }), {
      amount,
      currency: 'USD',
    });
    return { orderId: order.id, requestId, paymentId: payment.paymentId ?? '' };
  };
  const stateOf = async (requestId = 'request-1') => (await tracker.get(requestId))?.state;

  it('brings the outcome when no browser ever comes back', async () => {
    const { paymentId } = await started();
    sandbox.completePayment(paymentId, 'approve');
    await until(async () => (await stateOf()) === 'succeeded');
    expect(effects()).toMatchObject([{ handler: 'succeeded' }]);
    await sandbox.webhooks.settled();
    expect(sandbox.webhooks.deliveries().map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
    ]);
  });

  it('brings a failure too', async () => {
    const { paymentId } = await started();
    sandbox.completePayment(paymentId, 'decline');
    await until(async () => (await stateOf()) === 'failed');
    expect(effects()).toMatchObject([{ handler: 'failed' }]);
  });

  it('is a hint: what it claims is not believed', async () => {
    const { paymentId, orderId } = await started();
    sandbox.webhooks.emit('payment', 'success', {
      id: paymentId,
      payin_id: orderId,
      status: 'success',
      requested_amount: 1_000,
      requested_currency: 'USD',
    });
    await sandbox.webhooks.settled();
    await allHandled();
    expect(await stateOf()).toBe('attempted');
    expect(effects()).toEqual([]);
  });

  it('ends a payment of another amount than was asked for as a mismatch, without an effect', async () => {
    const { paymentId } = await started('request-1', 999);
    sandbox.completePayment(paymentId, 'approve');
    await until(async () => (await stateOf()) === 'mismatch');
    await allHandled();
    expect(effects()).toEqual([]);
  });

  it('may come before the answer to the payment itself', async () => {
    sandbox.faults.next('POST /api/v1/payments', 'webhook-before-answer');
    const { paymentId } = await started();
    sandbox.completePayment(paymentId, 'approve');
    await until(async () => (await stateOf()) === 'succeeded');
    expect(effects()).toHaveLength(1);
  });

  it('of somebody else, or of nobody, is taken and forgotten', async () => {
    for (const data of [
      { id: 'payt_unknown' },
      { id: 7 },
      {},
      { id: 'payt_x', payin_id: 'order_y' },
    ]) {
      sandbox.webhooks.emit('payment', 'success', data);
    }
    await sandbox.webhooks.settled();
    await allHandled();
    expect(await inbox().list({ state: 'handled' })).toHaveLength(4);
    expect(sandbox.requests.count('GET /api/v1/payments/payt_x')).toBe(0);
  });

  it('is tried again while the gateway does not answer', async () => {
    const { paymentId } = await started();
    for (let n = 0; n < 3; n += 1) {
      sandbox.faults.next('GET /api/v1/payments/:id', 'server-error');
    }
    sandbox.completePayment(paymentId, 'approve');
    await until(async () => (await stateOf()) === 'succeeded');
    await allHandled();
    expect(effects()).toHaveLength(1);
  });

  it('has one effect among other witnesses, in whatever order they come', async () => {
    const url = `${await host.app.getUrl()}${ROUTE}`;
    const witnesses = ['success', 'stale', 'orders.paid', 'callback', 'sweep'] as const;
    for (const [index, order] of orders(witnesses).entries()) {
      const { orderId, paymentId, requestId } = await started(`request-${index}`);
      sandbox.webhooks.endpoints = [];
      sandbox.completePayment(paymentId, 'approve');
      sandbox.webhooks.endpoints = [url];
      const payment = (status: string) => ({ id: paymentId, status });
      const bring: Record<(typeof witnesses)[number], () => unknown> = {
        success: () => sandbox.webhooks.emit('payment', 'success', payment('success')),
        stale: () => sandbox.webhooks.emit('payment', 'in_progress', payment('in_progress')),
        'orders.paid': () =>
          sandbox.webhooks.emit('orders', 'paid', { id: orderId, status: 'paid' }),
        callback: () => tracker.confirm(theCallback(orderId, paymentId)),
        sweep: () => tracker.sweep(),
      };
      for (const witness of order) await bring[witness]();
      await sandbox.webhooks.settled();
      await allHandled();
      const done = effects().filter((effect) =>
        Object.values(effect as object).includes(requestId),
      );
      expect({ order, state: await stateOf(requestId), effects: done.length }).toEqual({
        order,
        state: 'succeeded',
        effects: 1,
      });
    }
  });
});
