import { Injectable } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import type Database from 'libsql';
import {
  OnPaymentOutcome,
  OrdersService,
  type PaymentOutcome,
  PaymentsService,
  PaymentTracker,
  WebhookInbox,
} from 'nestjs-glomopay';
import { aPaymentOf } from '../tracking/tracked-shop.js';
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

const usd = { amount: 1_000, currency: 'USD' };

describe('An event about a success that no open record expects', () => {
  let sandbox: GlomopaySandbox;
  let host: InboxHost;
  let tracker: PaymentTracker;
  let orderId: string;
  beforeEach(async () => {
    sandbox = await GlomopaySandbox.start({ webhookSecret: 'whsec_of_these_tests_1f0c2e' });
    host = await startInboxHost('fastify', {
      providers: [Purchases],
      gateway: { secretKey: sandbox.secretKey, baseUrl: sandbox.url },
      clock: new FastClock(),
    });
    tracker = host.app.get(PaymentTracker);
    ({ id: orderId } = await host.app
      .get(OrdersService)
      .create({ customerId: sandbox.demoCustomerId, ...usd }));
  });
  afterEach(async () => {
    await host.close();
    await sandbox.stop();
  });

  const effects = () => host.database.prepare('SELECT * FROM effects').all();
  const inbox = () => host.app.get(WebhookInbox);
  const allHandled = () => until(async () => (await inbox().counts()).open === 0);
  const deliver = async (entity: string, event: string, data: object) => {
    sandbox.webhooks.endpoints = [`${await host.app.getUrl()}${ROUTE}`];
    sandbox.webhooks.emit(entity, event, data);
    await sandbox.webhooks.settled();
    await allHandled();
  };
  const gone = async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      sandbox.faults.next('POST /api/v1/payments', 'reset-before-processing');
    }
    await expect(
      tracker.pay(aPaymentOf(orderId, { requestId: 'request-1' }), usd),
    ).rejects.toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  };
  const givenUp = async () => {
    await gone();
    host.database.prepare('UPDATE glomopay_movements SET created_at = created_at - 960000').run();
    for (let round = 0; round < 3; round += 1) {
      await tracker.sweep();
      host.database
        .prepare('UPDATE glomopay_movements SET next_check_at = 0 WHERE next_check_at IS NOT NULL')
        .run();
    }
    expect(await tracker.get('request-1')).toMatchObject({ reason: 'never_arrived' });
  };
  const charged = async (requestId: string) => {
    const { paymentId } = await host.app
      .get(PaymentsService)
      .create(aPaymentOf(orderId, { requestId }));
    sandbox.completePayment(paymentId, 'approve');
    return paymentId;
  };

  it.each([
    ['payment.success', (id: string) => ({ id, payin_id: orderId, status: 'success' })],
    ['payment.success', (id: string) => ({ id, request_id: 'request-1' })],
    ['payment.success', (id: string) => ({ id })],
    ['payment.funds_available', (id: string) => ({ id, payin_id: orderId })],
    ['orders.paid', () => ({ id: orderId, status: 'paid' })],
  ])('contradicts a record that had failed: %s', async (type, data) => {
    await givenUp();
    const paymentId = await charged('request-1');
    const [entity = '', event = ''] = type.split('.');
    await deliver(entity, event, data(paymentId));
    expect(await tracker.get('request-1')).toMatchObject({
      state: 'failed',
      reason: 'charged_late',
      paymentId,
    });
    expect(await tracker.counts()).toEqual({ needsAttention: 1, open: 0 });
    expect(host.log.text).toContain('needs a person: failed, charged_late');
    expect(effects()).toMatchObject([{ handler: 'failed' }]);
  });

  it.each([
    ['payment.success', (id: string) => ({ id, payin_id: orderId })],
    ['orders.paid', () => ({ id: orderId })],
  ])('gets a record of its own when nobody asked for its payment: %s', async (type, data) => {
    await givenUp();
    const paymentId = await charged('somebody-else');
    const [entity = '', event = ''] = type.split('.');
    await deliver(entity, event, data(paymentId));
    await deliver(entity, event, { ...data(paymentId), again: true });
    expect(await tracker.needingAttention(10)).toMatchObject([
      { paymentId, orderId, reference: 'request-1', reason: 'unexpected_success' },
    ]);
    expect(host.log.text).toContain(`payment ${paymentId} `);
  });

  it('contradicts a payment that the gateway had called failed: orders.paid', async () => {
    const { payment } = await tracker.pay(aPaymentOf(orderId, { requestId: 'request-1' }), usd);
    const paymentId = String(payment.paymentId);
    sandbox.completePayment(paymentId, 'decline');
    await tracker.check('request-1');
    Object.assign(sandbox.payments.get(paymentId) ?? {}, { status: 'success' });
    await deliver('orders', 'paid', { id: orderId });
    expect(await tracker.get('request-1')).toMatchObject({
      state: 'failed',
      reason: 'terminal_conflict',
      gatewayStatus: 'success',
    });
    expect(host.log.text).toContain('needs a person: failed, terminal_conflict');
  });

  it('waits for a record of the order that is still open, and is not concluded before', async () => {
    await gone();
    const paymentId = await charged('somebody-else');
    sandbox.webhooks.endpoints = [`${await host.app.getUrl()}${ROUTE}`];
    sandbox.webhooks.emit('payment', 'success', { id: paymentId, payin_id: orderId });
    await sandbox.webhooks.settled();
    await until(async () => {
      const [event] = await inbox().list();
      return (event?.handlers[0]?.tries ?? 0) > 0;
    });
    expect(await inbox().list()).toMatchObject([{ state: 'open' }]);
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 1 });
  });

  it('about an order of ours that failed elsewhere too is forgotten', async () => {
    await givenUp();
    const { paymentId } = await host.app
      .get(PaymentsService)
      .create(aPaymentOf(orderId, { requestId: 'somebody-else' }));
    sandbox.completePayment(paymentId, 'decline');
    await deliver('payment', 'failed', { id: paymentId, payin_id: orderId });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('that names an order of ours for a payment of another order changes nothing', async () => {
    await givenUp();
    const other = await host.app
      .get(OrdersService)
      .create({ customerId: sandbox.demoCustomerId, ...usd });
    const { paymentId } = await host.app
      .get(PaymentsService)
      .create(aPaymentOf(other.id, { requestId: 'somebody-else' }));
    sandbox.completePayment(paymentId, 'approve');
    await deliver('payment', 'success', { id: paymentId, payin_id: orderId });
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });
});
