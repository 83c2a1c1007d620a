/**
 * What OpenTelemetry has been given once, its API keeps: it takes a graph of modules of its own.
 *
 * @jest-environment node
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { context, metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { getGlomopayToken, GlomopayModule, OrdersService } from 'nestjs-glomopay';
import { cleanUp } from '../support/library/clean-up.js';
import { openLibrary } from '../support/library/open-library.js';
import { aPayment } from '../support/library/requests.js';
import { observatory } from './observatory.js';

const opened = cleanUp();
const seen = observatory();

describe('Telemetry of calls to the gateway', () => {
  let sandbox: GlomopaySandbox;
  beforeEach(async () => {
    sandbox = await GlomopaySandbox.start();
  });
  afterEach(() => sandbox.stop());

  const open = async () =>
    opened(await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } }));
  const order = () => ({ customerId: sandbox.demoCustomerId, amount: 1_000, currency: 'USD' });

  it('makes a client span of an order and of a card payment', async () => {
    const { orders, payments } = await open();
    const { id } = await orders.create({ ...order(), requestId: 'shop-1' });
    await payments.create(aPayment({ orderId: id }));
    const { port } = new URL(sandbox.url);
    const common = {
      'server.address': '127.0.0.1',
      'server.port': Number(port),
      'http.request.method': 'POST',
      'http.response.status_code': 201,
      'glomopay.account': 'default',
      'glomopay.outcome': 'ok',
      'glomopay.attempts': 1,
    };
    expect(seen.spans().map(({ name, kind, status }) => ({ name, kind, status }))).toEqual([
      {
        name: 'POST /api/v1/orders',
        kind: SpanKind.CLIENT,
        status: { code: SpanStatusCode.UNSET },
      },
      {
        name: 'POST /api/v1/payments',
        kind: SpanKind.CLIENT,
        status: { code: SpanStatusCode.UNSET },
      },
    ]);
    expect(seen.span('POST /api/v1/orders').attributes).toEqual({
      ...common,
      'url.template': '/api/v1/orders',
      'glomopay.request_id': 'shop-1',
    });
    expect(seen.span('POST /api/v1/payments').attributes).toEqual({
      ...common,
      'url.template': '/api/v1/payments',
    });
  });

  it('names a read by its template, with the id beside and no query', async () => {
    const { orders } = await open();
    const { id } = await orders.create(order());
    await orders.get(id);
    await orders.list({ customerId: sandbox.demoCustomerId });
    expect(seen.span('GET /api/v1/orders/{id}').attributes).toMatchObject({ 'glomopay.id': id });
    const listed = seen.span('GET /api/v1/orders');
    expect(JSON.stringify(listed.attributes)).not.toContain(sandbox.demoCustomerId);
  });

  it('puts the span under the active one of the host, and what the call does under the span', async () => {
    const { orders, clock } = await open();
    const inside: (string | undefined)[] = [];
    clock.onPause(() => void inside.push(trace.getActiveSpan()?.spanContext().spanId));
    sandbox.faults.next('POST /api/v1/orders', 'server-error', { status: 503 });
    const host = trace.getTracer('host').startSpan('checkout');
    await context.with(trace.setSpan(context.active(), host), () =>
      orders.create({ ...order(), requestId: 'shop-1' }),
    );
    const span = seen.span('POST /api/v1/orders');
    expect(span.parentSpanContext?.spanId).toBe(host.spanContext().spanId);
    expect(span.spanContext().traceId).toBe(host.spanContext().traceId);
    expect(inside).toEqual([span.spanContext().spanId]);
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  it('tells each retry as an event with its reason and its pause, and counts it', async () => {
    const { orders } = await open();
    sandbox.faults.next('POST /api/v1/orders', 'rate-limit', { retryAfter: 2 });
    sandbox.faults.next('POST /api/v1/orders', 'drop-after-commit');
    await orders.create({ ...order(), requestId: 'shop-1' });
    const [create, lookUp] = seen.spans();
    expect(create?.events.map(({ name, attributes }) => ({ name, ...attributes }))).toEqual([
      {
        name: 'glomopay.retry',
        'glomopay.retry.reason': 'throttled',
        'glomopay.retry.attempt': 1,
        'glomopay.retry.pause_ms': 2_000,
        'http.response.status_code': 429,
      },
      {
        name: 'glomopay.retry',
        'glomopay.retry.reason': 'connection_lost',
        'glomopay.retry.attempt': 2,
        'glomopay.retry.pause_ms': 250,
      },
    ]);
    expect(create?.attributes).toMatchObject({
      'glomopay.attempts': 3,
      'http.request.resend_count': 2,
      'glomopay.fault': 'duplicate',
    });
    expect(lookUp?.name).toBe('GET /api/v1/orders');
    const counted = await seen.series('glomopay.client.retries');
    expect(counted.map(({ labels, count }) => [labels['glomopay.retry.reason'], count])).toEqual([
      ['throttled', 1],
      ['connection_lost', 1],
    ]);
  });

  it('gives events a time inside the span, in its order', async () => {
    const { orders } = opened(
      await openLibrary(sandbox.url, {
        options: { secretKey: sandbox.secretKey, retry: { baseDelayMs: 20, maxDelayMs: 20 } },
        clock: 'real',
      }),
    );
    sandbox.faults.next('GET /api/v1/orders', 'server-error', { status: 500 });
    await orders.list();
    const { events, startTime, endTime } = seen.span('GET /api/v1/orders');
    const ms = ([seconds, nanos]: readonly [number, number]) => seconds * 1_000 + nanos / 1e6;
    const [event] = events;
    expect(events).toHaveLength(1);
    // Spans have microseconds, dates milliseconds.
    expect(ms(event?.time ?? [0, 0])).toBeGreaterThanOrEqual(ms(startTime) - 5);
    expect(ms(event?.time ?? [0, 0])).toBeLessThanOrEqual(ms(endTime) + 5);
  });

  it('says of a lost answer that the outcome is unknown, by our code alone', async () => {
    const { orders, payments } = await open();
    const { id } = await orders.create(order());
    sandbox.faults.next('POST /api/v1/payments', 'drop-after-commit');
    await expect(payments.create(aPayment({ orderId: id }))).rejects.toThrow('unknown');
    const { attributes, status, events } = seen.span('POST /api/v1/payments');
    expect(status).toEqual({ code: SpanStatusCode.ERROR, message: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    expect(attributes).toMatchObject({
      'error.type': 'GLOMOPAY_OUTCOME_UNKNOWN',
      'glomopay.outcome': 'unknown',
      'glomopay.fault': 'connection_lost',
    });
    expect(attributes).not.toHaveProperty('http.response.status_code');
    expect(events).toEqual([]);
  });

  it('says of a refusal its status, and nothing of the text', async () => {
    const { orders } = await open();
    await expect(orders.get('order_unknown')).rejects.toThrow('404');
    const { attributes, status } = seen.span('GET /api/v1/orders/{id}');
    expect(status).toEqual({ code: SpanStatusCode.ERROR, message: 'GLOMOPAY_API' });
    expect(attributes).toMatchObject({
      'error.type': '404',
      'http.response.status_code': 404,
      'glomopay.outcome': 'rejected',
      'glomopay.error.code': 'GLOMOPAY_API',
    });
  });

  it('measures the duration by method, template and outcome, without an id', async () => {
    const { orders } = await open();
    const { id } = await orders.create({ ...order(), requestId: 'shop-1' });
    await orders.get(id);
    const series = await seen.series('glomopay.client.duration');
    expect(series.map(({ labels, count }) => [labels['url.template'], count])).toEqual([
      ['/api/v1/orders', 1],
      ['/api/v1/orders/{id}', 1],
    ]);
    expect(JSON.stringify(series)).not.toContain(id);
    expect(JSON.stringify(series)).not.toContain('shop-1');
  });

  it('makes one span of a call, however many accounts and applications are there', async () => {
    const { orders } = await open();
    await open();
    const forAccount = (name: string) =>
      GlomopayModule.forRoot({ name, secretKey: sandbox.secretKey, baseUrl: sandbox.url });
    const both = await Test.createTestingModule({
      imports: [forAccount('emea'), forAccount('apac')],
    }).compile();
    opened(await both.init());
    await orders.create(order());
    await both.get<OrdersService>(getGlomopayToken(OrdersService, 'emea')).list();
    expect(
      seen.spans().map(({ name, attributes }) => [name, attributes['glomopay.account']]),
    ).toEqual([
      ['POST /api/v1/orders', 'default'],
      ['GET /api/v1/orders', 'emea'],
    ]);
  });

  it('goes on for an application while another one closes, and ends with the last', async () => {
    const first = await open();
    const second = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
    await second.close();
    await first.orders.list();
    expect(seen.spans()).toHaveLength(1);
    await first.module.close();
    await first.orders.list().catch(() => undefined);
    expect(seen.spans()).toHaveLength(1);
  });

  it('lets a payment through whatever the SDK of the host throws', async () => {
    const { orders } = await open();
    const broken = () => {
      throw new Error('the SDK is out of order');
    };
    const provider = trace.getTracerProvider();
    const meters = metrics.getMeterProvider();
    trace.disable();
    metrics.disable();
    trace.setGlobalTracerProvider({ getTracer: broken });
    metrics.setGlobalMeterProvider({ getMeter: broken });
    const created = await orders.create(order());
    trace.disable();
    metrics.disable();
    trace.setGlobalTracerProvider(provider);
    metrics.setGlobalMeterProvider(meters);
    expect(created.status).toBe('active');
  });
});
