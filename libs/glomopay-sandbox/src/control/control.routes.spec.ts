import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';

const client = useSandbox();
const json = { key: null } as const;

describe('GET /_sandbox/keys', () => {
  it('hands out what a client needs, without a key', async () => {
    const { secretKey, webhookSecret, demoCustomerId } = client().sandbox;
    const answer = await client().get('/_sandbox/keys', json);
    expect(answer.json).toEqual({ secretKey, webhookSecret, demoCustomerId });
  });
});

describe('who may use /_sandbox', () => {
  it.each([
    { host: 'evil.example' },
    { host: 'localhost.evil.example' },
    { host: '127.0.0.1.evil.example' },
    { host: '10.0.0.5:4010' },
    { host: 'a b' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('not a request with %j', async (headers: Record<string, string>) => {
    const answer = await client().get('/_sandbox/keys', { ...json, headers });
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain(client().sandbox.secretKey);
  });

  it.each([
    { host: 'localhost:4010' },
    { host: '127.0.0.1' },
    { host: '[::1]:4010' },
    { host: 'sandbox.localhost' },
    { 'sec-fetch-site': 'none' },
    { host: 'localhost:4010', origin: 'http://localhost:4010', 'sec-fetch-site': 'same-origin' },
  ])('a request with %j', async (headers: Record<string, string>) => {
    expect((await client().get('/_sandbox/keys', { ...json, headers })).status).toBe(200);
  });

  it('not a form of another page, which can send no JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    const options = { ...json, headers, raw: '{}' };
    expect((await client().post('/_sandbox/keys/rotate', null, options)).status).toBe(400);
  });
});

describe('GET /_sandbox/state', () => {
  it('lists orders and payments without card data and keys', async () => {
    const { orderId, paymentId } = await client().payment({ request_id: 'pay-1' });
    const answer = await client().get('/_sandbox/state', json);
    expect(answer.json).toMatchObject({
      counts: { orders: 1, payments: 1 },
      orders: [{ id: orderId, status: 'active', amount: 1000, currency: 'USD' }],
      payments: [{ id: paymentId, payin_id: orderId, status: 'in_progress', request_id: 'pay-1' }],
      webhooks: { endpoints: [], events: 0, deliveries: { pending: 0, delivered: 0, given_up: 0 } },
    });
    for (const secret of [
      'Jane Roe',
      '411111',
      client().sandbox.secretKey,
      'authToken',
      'whsec_',
    ]) {
      expect(answer.text).not.toContain(secret);
    }
  });
});

describe('/_sandbox/faults', () => {
  it('queues a fault, and DELETE takes all back', async () => {
    const fault = { route: 'GET /api/v1/orders', fault: 'server-error', options: { status: 504 } };
    const queued = await client().post('/_sandbox/faults', fault, json);
    expect([queued.status, queued.json]).toEqual([201, { pending: 1 }]);
    expect((await client().get('/api/v1/orders')).status).toBe(504);
    await client().post('/_sandbox/faults', fault, json);
    expect((await client().call('DELETE', '/_sandbox/faults', undefined, json)).json).toEqual({
      pending: 0,
    });
    expect((await client().get('/api/v1/orders')).status).toBe(200);
  });

  it('passes latency and Retry-After on', async () => {
    const route = 'GET /api/v1/orders';
    const limit = { route, fault: 'rate-limit', options: { retryAfter: '9' } };
    const slow = { route, fault: 'latency', options: { latencyMs: 80 } };
    await client().post('/_sandbox/faults', limit, json);
    await client().post('/_sandbox/faults', slow, json);
    expect((await client().get('/api/v1/orders')).headers['retry-after']).toBe('9');
    const start = Date.now();
    await client().get('/api/v1/orders');
    expect(Date.now() - start).toBeGreaterThanOrEqual(75);
  });

  it.each([
    { route: 'GET /api/v1/orders', fault: 'earthquake' },
    { route: 'nowhere', fault: 'latency' },
    { route: 'GET /api/v1/orders', fault: 'latency', options: { status: 500 } },
    { route: 'GET /api/v1/orders', fault: 'server-error', options: { status: 418 } },
    { route: 'GET /api/v1/orders', fault: 'latency', options: { delay: 1 } },
    { route: 'callback', fault: 'callback-with-older-key' },
    { fault: 'latency' },
  ])('refuses %j', async (body) => {
    expect((await client().post('/_sandbox/faults', body, json)).status).toBe(400);
    expect(client().sandbox.faults.pending).toBe(0);
  });
});

describe('POST /_sandbox/keys/rotate', () => {
  it('issues a key and keeps the old one for the given time', async () => {
    const old = client().sandbox.secretKey;
    const body = { old_key_valid_for_seconds: 60 };
    const answer = await client().post('/_sandbox/keys/rotate', body, json);
    const fresh = read(answer.json, 'secretKey');
    expect(client().sandbox.secretKeys).toEqual([fresh, old]);
    for (const key of [fresh, old]) {
      expect((await client().get('/api/v1/orders', { key })).status).toBe(200);
    }
  });

  it('revokes the old key at once by default', async () => {
    const old = client().sandbox.secretKey;
    await client().post('/_sandbox/keys/rotate', {}, json);
    expect((await client().get('/api/v1/orders', { key: old })).status).toBe(401);
  });

  it.each([-1, 604_801, '60', 0.5])('refuses %j seconds', async (seconds) => {
    const body = { old_key_valid_for_seconds: seconds };
    expect((await client().post('/_sandbox/keys/rotate', body, json)).status).toBe(400);
  });
});

describe('POST /_sandbox/payments/:id/complete', () => {
  it.each([
    ['approve', 'success'],
    ['decline', 'failed'],
  ])('answers the bank with %s and hands out the signed URL', async (outcome, status) => {
    const { paymentId, orderId } = await client().payment();
    const path = `/_sandbox/payments/${paymentId}/complete`;
    const answer = await client().post(path, { outcome }, json);
    const query = new URL(read(answer.json, 'callback_url')).searchParams;
    expect(query.get('order_id')).toBe(orderId);
    expect(query.get('status')).toBe(status);
    expect(client().sandbox.payments.get(paymentId)?.status).toBe(status);
    expect((await client().post(path, { outcome: 'approve' }, json)).json).toEqual(answer.json);
  });

  it('says what is wrong', async () => {
    const { paymentId } = await client().payment();
    const complete = (id: string, body: object) =>
      client().post(`/_sandbox/payments/${id}/complete`, body, json);
    expect((await complete('payt_691eeb9aV79Uk', { outcome: 'approve' })).status).toBe(404);
    expect((await complete(paymentId, {})).json).toEqual(
      badRequest("Validation failed: Outcome can't be blank"),
    );
    expect((await complete(paymentId, { outcome: 'success' })).status).toBe(400);
    expect((await complete('order_1', { outcome: 'approve' })).status).toBe(400);
    expect(() => client().sandbox.completePayment('payt_1', 'approve')).toThrow('no such payment');
  });
});

describe('POST /_sandbox/account', () => {
  it('changes how the account behaves', async () => {
    const changed = await client().post('/_sandbox/account', { duplicateCheckLast: true }, json);
    expect(changed.json).toMatchObject({ duplicateCheckLast: true, orderReview: false });
    expect(client().sandbox.account.duplicateCheckLast).toBe(true);
    expect((await client().post('/_sandbox/account', {}, json)).json).toEqual(changed.json);
  });

  it.each([
    { duplicateCheckLast: 'yes' },
    { duplicateCheckFirst: true },
    { orderReview: true, tpv: 1 },
    { constructor: true },
  ] as object[])('refuses %j', async (body: object) => {
    expect((await client().post('/_sandbox/account', body, json)).status).toBe(400);
    expect((await client().get('/_sandbox/account', json)).json).toMatchObject({
      duplicateCheckLast: false,
      orderReview: false,
    });
  });
});
