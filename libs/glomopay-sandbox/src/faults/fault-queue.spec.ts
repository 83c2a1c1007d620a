import { describe, expect, it } from '@jest/globals';
import { useSandbox } from '../../test/client.js';

const client = useSandbox();

describe('FaultQueue', () => {
  it.each([
    ['POST', 'payments'],
    ['post /api/v1/payments', 'lower case'],
    ['/api/v1/payments', 'no method'],
    ['POST /api/v1/payments?a=1', 'a query'],
  ])('refuses the route %j', (route) => {
    expect(() => client().sandbox.faults.next(route, 'latency')).toThrow(TypeError);
  });

  it.each([
    ['latency', { status: 500 }],
    ['rate-limit', { latencyMs: 1 }],
    ['latency', { latencyMs: -1 }],
    ['latency', { latencyMs: Number.NaN }],
    ['rate-limit', { retryAfter: '1\r\nx: y' }],
    ['drop-after-commit', { retryAfter: 1 }],
    ['latency', { delayMs: 1 }],
  ] as const)('refuses %s with %j', (fault, options) => {
    expect(() => client().sandbox.faults.next('GET /api/v1/orders', fault, options)).toThrow(
      TypeError,
    );
  });

  it.each(['{id}', ':id', '{payment_id}'])('takes %s in the place of an id', async (id) => {
    const { faults, payments, requests } = client().sandbox;
    const { paymentId, orderId } = await client().payment();
    faults.next(`GET /api/v1/payments/${id}`, 'server-error');
    expect((await client().get(`/api/v1/orders/${orderId}`)).status).toBe(200);
    expect((await client().get(`/api/v1/payments/${paymentId}`)).status).toBe(500);
    expect((await client().get(`/api/v1/payments/${paymentId}`)).json).toEqual(
      payments.get(paymentId),
    );
    expect(requests.count(`GET /api/v1/payments/${id}`)).toBe(2);
  });

  it('keeps the callback fault and the route "callback" together', async () => {
    const { sandbox } = client();
    await sandbox.rotateKey({ oldKeyValidForMs: 1000 });
    expect(() => sandbox.faults.next('callback', 'latency')).toThrow(TypeError);
    expect(() => sandbox.faults.next('GET /3ds', 'callback-with-older-key')).toThrow(TypeError);
  });

  it.each([
    ['webhook', 'latency'],
    ['webhook', 'webhook-before-answer'],
    ['webhook', 'callback-with-older-key'],
    ['callback', 'webhook-duplicate'],
    ['POST /api/v1/payments', 'webhook-duplicate'],
    ['POST /api/v1/orders', 'webhook-before-answer'],
    ['GET /api/v1/payments/:id', 'webhook-before-answer'],
    ['webhook payments.success', 'webhook-duplicate'],
    ['webhook payment', 'webhook-duplicate'],
    ['webhook ', 'webhook-duplicate'],
    ['webhook order.paid', 'webhook-duplicate'],
  ] as const)('refuses the route %j for %s', (route, fault) => {
    expect(() => client().sandbox.faults.next(route, fault)).toThrow(TypeError);
    expect(client().sandbox.faults.pending).toBe(0);
  });

  it.each([-1, Number.NaN, 604_800_001])('refuses a webhook’s delay of %s ms', (delayMs) => {
    const { faults } = client().sandbox;
    expect(() => faults.next('webhook', 'webhook-delayed', { delayMs })).toThrow(TypeError);
  });

  it('refuses to sign with an older key while there is none', () => {
    expect(() => client().sandbox.faults.next('callback', 'callback-with-older-key')).toThrow(
      'rotate the key first',
    );
  });

  it('lets faults of one route happen in the order they were queued, once each', async () => {
    const { faults } = client().sandbox;
    faults.next('GET /api/v1/orders', 'server-error', { status: 503 });
    faults.next('GET /api/v1/customer', 'server-error', { status: 502 });
    faults.next('GET /api/v1/orders', 'rate-limit');
    for (const status of [503, 429, 200]) {
      expect((await client().get('/api/v1/orders')).status).toBe(status);
    }
    expect(faults.pending).toBe(1);
    expect((await client().get('/api/v1/customer')).status).toBe(502);
  });

  it('forgets what waits when cleared', async () => {
    const { faults } = client().sandbox;
    faults.next('GET /api/v1/orders', 'rate-limit');
    faults.clear();
    expect((await client().get('/api/v1/orders')).status).toBe(200);
  });

  it('matches a template, a concrete path and both spellings of payments', async () => {
    const { faults } = client().sandbox;
    const { paymentId } = await client().payment();
    const other = (await client().payment()).paymentId;
    faults.next('GET /api/v1/payments/:id', 'rate-limit');
    expect((await client().get(`/api/v1/payment/${other}`)).status).toBe(429);
    faults.next(`GET /api/v1/payment/${paymentId}`, 'rate-limit');
    expect((await client().get(`/api/v1/payments/${other}`)).status).toBe(200);
    expect((await client().get('/api/v1/payments')).status).toBe(200);
    expect((await client().get(`/api/v1/payments/${paymentId}`)).status).toBe(429);
  });

  it('leaves another method of the same path alone', async () => {
    client().sandbox.faults.next('POST /api/v1/orders', 'rate-limit');
    expect((await client().get('/api/v1/orders')).status).toBe(200);
  });
});
