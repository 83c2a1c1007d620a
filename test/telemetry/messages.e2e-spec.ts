/**
 * What OpenTelemetry has been given once, its API keeps: it takes a graph of modules of its own.
 *
 * @jest-environment node
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SpanStatusCode } from '@opentelemetry/api';
import { PaymentTracker, RefundTracker } from 'nestjs-glomopay';
import { publishEvent } from '../../libs/nestjs-glomopay/src/diagnostics/event-message.js';
import { publishWebhook } from '../../libs/nestjs-glomopay/src/diagnostics/webhook-message.js';
import { platforms } from '../support/nest-host.js';
import { genuine, QUERY, startHost } from '../callback/callback-host.js';
import { cleanUp } from '../support/library/clean-up.js';
import { openLibrary } from '../support/library/open-library.js';
import {
  aPaymentOf,
  aTrackedShop,
  theCallback,
  type TrackedShop,
} from '../tracking/tracked-shop.js';
import { observatory } from './observatory.js';

const opened = cleanUp();
const seen = observatory();
const account = 'default';

describe.each(platforms)('Telemetry of callbacks on %s', (platform) => {
  it('tells an accepted callback with its ids, and counts it without them', async () => {
    const host = opened(await startHost(platform));
    await host.get(`/callback?${QUERY}`);
    const { attributes, status } = seen.span('glomopay.callback');
    expect(attributes).toEqual({
      'glomopay.account': account,
      'glomopay.result': 'accepted',
      'glomopay.order.id': genuine.order_id,
      'glomopay.payment.id': genuine.payment_id,
      'glomopay.callback.status': 'success',
    });
    expect(status.code).toBe(SpanStatusCode.UNSET);
    expect(await seen.series('glomopay.callbacks')).toEqual([
      { labels: { 'glomopay.account': account, 'glomopay.result': 'accepted' }, count: 1 },
    ]);
  });

  it('tells a refused callback by its reason, and nothing of what it brought', async () => {
    const host = opened(await startHost(platform));
    await host.get(`/callback?${QUERY.replace('payt_691', 'payt_999')}`);
    await host.get('/callback?order_id=order_c4n4ry');
    expect(seen.spans().map(({ attributes, status }) => ({ ...attributes, ...status }))).toEqual(
      ['mismatch', 'malformed'].map((reason) => ({
        'glomopay.account': account,
        'glomopay.result': 'refused',
        'error.type': reason,
        code: SpanStatusCode.ERROR,
        message: reason,
      })),
    );
    const everything = await seen.everything();
    expect(everything).not.toContain('payt_999');
    expect(everything).not.toContain('c4n4ry');
    expect(everything).not.toContain(genuine.signature);
    expect(await seen.series('glomopay.callbacks')).toHaveLength(2);
  });
});

describe('Telemetry of outcomes', () => {
  let shop: TrackedShop;
  beforeEach(async () => {
    shop = await aTrackedShop();
  });
  afterEach(() => shop.close());

  async function paid(expected = 1_000, answer: 'approve' | 'decline' = 'approve') {
    const tracker = shop.app.get(PaymentTracker);
    const orderId = await shop.anOrder();
    const { payment } = await tracker.pay(aPaymentOf(orderId), {
      amount: expected,
      currency: 'USD',
    });
    const callback = theCallback(orderId, payment.paymentId);
    shop.sandbox.completePayment(callback.paymentId, answer);
    return { tracker, callback };
  }
  const outcomes = () => seen.spans().filter(({ name }) => name === 'glomopay.outcome');

  it('tells an outcome once, for any number of witnesses', async () => {
    const { tracker, callback } = await paid();
    await Promise.all(Array.from({ length: 5 }, () => tracker.confirm(callback)));
    await tracker.confirm(callback);
    const { attributes, status } = seen.span('glomopay.outcome');
    expect(attributes).toEqual({
      'glomopay.account': account,
      'glomopay.outcome.kind': 'payment',
      'glomopay.outcome.state': 'succeeded',
      'glomopay.order.id': callback.orderId,
      'glomopay.payment.id': callback.paymentId,
      'glomopay.outcome.duration_ms': expect.any(Number),
    });
    expect(status.code).toBe(SpanStatusCode.UNSET);
    const labels = {
      'glomopay.account': account,
      'glomopay.outcome.kind': 'payment',
      'glomopay.outcome.state': 'succeeded',
    };
    expect(await seen.series('glomopay.outcomes')).toEqual([{ labels, count: 1 }]);
    expect(await seen.series('glomopay.outcome.duration')).toEqual([{ labels, count: 1 }]);
  });

  it('tells nothing while no outcome is committed', async () => {
    const { tracker, callback } = await paid();
    shop.purchases.failures = 1;
    await tracker.confirm(callback).catch(() => undefined);
    expect(outcomes()).toEqual([]);
    await tracker.sweep();
    expect(outcomes()).toHaveLength(1);
  });

  it('tells what became of a refund, with the payment that it gives back', async () => {
    const { tracker, callback } = await paid();
    await tracker.confirm(callback);
    const { paymentId } = callback;
    const refunds = shop.app.get(RefundTracker);
    const { refund } = await refunds.refund({ paymentId, reason: 'Others', requestId: 'refund-1' });
    shop.sandbox.completeRefund(String(refund.refundId), 'approve');
    await Promise.all([refunds.check('refund-1'), refunds.check('refund-1')]);
    expect(outcomes().slice(1)).toMatchObject([
      {
        attributes: {
          'glomopay.outcome.kind': 'refund',
          'glomopay.outcome.state': 'succeeded',
          'glomopay.payment.id': paymentId,
          'glomopay.refund.id': refund.refundId,
        },
      },
    ]);
  });

  it('calls a declined payment no error, and a mismatch one', async () => {
    const declined = await paid(1_000, 'decline');
    await declined.tracker.confirm(declined.callback);
    const wrong = await paid(999);
    await wrong.tracker.confirm(wrong.callback);
    expect(
      outcomes().map(({ attributes, status }) => [
        attributes['glomopay.outcome.state'],
        status.code,
      ]),
    ).toEqual([
      ['failed', SpanStatusCode.UNSET],
      ['mismatch', SpanStatusCode.ERROR],
    ]);
    expect(outcomes()[1]?.attributes['glomopay.outcome.reason']).toBe('amount_differs');
  });
});

describe('Telemetry of webhooks and their handlers', () => {
  beforeEach(async () => {
    opened(await openLibrary('http://127.0.0.1:9'));
  });

  it('tells what became of a delivery, and the type of an authentic one only', async () => {
    const type = 'payment.success';
    publishWebhook({ account, result: 'accepted', type });
    publishWebhook({ account, result: 'duplicate', type });
    publishWebhook({ account, result: 'refused', reason: 'mismatch', type });
    publishWebhook({ account, result: 'not_stored', type });
    expect(
      seen
        .spans()
        .map(({ attributes, status }) => [
          attributes['glomopay.result'],
          attributes['glomopay.event.type'],
          attributes['error.type'],
          status.code,
        ]),
    ).toEqual([
      ['accepted', type, undefined, SpanStatusCode.UNSET],
      ['duplicate', type, undefined, SpanStatusCode.UNSET],
      ['refused', undefined, 'mismatch', SpanStatusCode.ERROR],
      ['not_stored', type, 'not_stored', SpanStatusCode.ERROR],
    ]);
    const counted = await seen.series('glomopay.webhooks');
    expect(counted.map(({ labels }) => labels['glomopay.result'])).toEqual([
      'accepted',
      'duplicate',
      'refused',
      'not_stored',
    ]);
  });

  it('makes a span as long as the run of a handler, and counts runs by their state', async () => {
    const run = { account, handler: 'Mail.send', type: 'payment.success', durationMs: 1_500 };
    publishEvent({ ...run, state: 'failed', attempt: 1 });
    publishEvent({ ...run, state: 'done', attempt: 2 });
    const [failed, done] = seen.spans();
    expect(failed?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'failed' });
    expect(done?.status.code).toBe(SpanStatusCode.UNSET);
    const [seconds = 0, nanos = 0] = done?.duration ?? [];
    expect(seconds + nanos / 1e9).toBeCloseTo(1.5, 1);
    expect(done?.attributes).toMatchObject({
      'glomopay.event.handler': 'Mail.send',
      'glomopay.event.attempt': 2,
    });
    const counted = await seen.series('glomopay.event.runs');
    expect(counted.map(({ labels, count }) => [labels['glomopay.event.state'], count])).toEqual([
      ['failed', 1],
      ['done', 1],
    ]);
  });
});
