import { describe, expect, it } from '@jest/globals';
import { Agent } from 'node:http';
import { aCard, anOrder, aPayment, badRequest, TestClient, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';
import { GlomopaySandbox } from '../sandbox.js';

describe('request bodies', () => {
  const client = useSandbox();

  it.each([
    ['{"amount":', 'Malformed JSON'],
    ['', 'Malformed JSON'],
    ['[]', 'Request body must be a JSON object'],
    ['null', 'Request body must be a JSON object'],
    ['"4111111111111111"', 'Request body must be a JSON object'],
  ])('that read %j are refused', async (raw, message) => {
    const answer = await client().post('/api/v1/payments', null, { raw });
    expect([answer.status, answer.json]).toEqual([400, badRequest(message)]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'of type %s are refused',
    async (type) => {
      const options = { headers: { 'content-type': type } };
      const answer = await client().post('/api/v1/orders', anOrder(client().sandbox), options);
      expect([answer.status, answer.json]).toEqual([
        400,
        badRequest('Content-Type must be application/json'),
      ]);
    },
  );

  it('with half a surrogate pair are refused, as no event could carry it', async () => {
    for (const notes of ['{"a":"\\ud800"}', '{"\\udc00":"a"}']) {
      const raw = `{"customer_id":"cust_1","currency":"USD","amount":1000,"notes":${notes}}`;
      const answer = await client().post('/api/v1/orders', null, { raw });
      expect([answer.status, answer.json]).toEqual([400, badRequest('Malformed JSON')]);
    }
    const notes = { a: '\u{1f600}' };
    const whole = await client().post('/api/v1/orders', anOrder(client().sandbox, { notes }));
    expect(whole.json).toMatchObject({ notes });
  });

  it('above one megabyte are refused', async () => {
    const answer = await client().post('/api/v1/orders', { notes: { a: 'x'.repeat(1_100_000) } });
    expect(answer.status).toBe(413);
  });

  it.each([
    ['as the name of a member', { '4111111111111111': 'x' }],
    ['as the name of a card’s member', { card: aCard({ '4111111111111111': '739' }) }],
    ['as the method', { method: '4111111111111111' }],
    ['as a callback URL', { callback_url: 'http://4111111111111111.example' }],
    ['with a malformed CVV', { card: aCard({ cvv: '4111111111111111' }) }],
    ['as a number', { card: aCard({ number: 4111111111111111 }) }],
  ])('never see their card number in the answer: %s', async (_case, change) => {
    const orderId = await client().order();
    const answer = await client().post('/api/v1/payments', aPayment(orderId, change));
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('4111111111111111');
    expect(answer.text).not.toContain('739');
  });
});

describe('unknown routes and undecodable URLs', () => {
  const client = useSandbox();

  it('are answered in the gateway’s shape without quoting the URL', async () => {
    const unknown = await client().get('/api/v1/4111111111111111');
    expect([unknown.status, unknown.json]).toEqual([
      404,
      { error: 'Not Found', message: 'Route not found' },
    ]);
    const undecodable = await client().get('/api/v1/payments/%zz4111111111111111');
    expect([undecodable.status, undecodable.json]).toEqual([
      400,
      badRequest('Invalid request URL'),
    ]);
  });
});

describe('rate limit', () => {
  const clock = new ManualClock();
  const client = useSandbox({ clock, requestsPerMinute: 3 });

  it('answers 429 with a message alone, until the next minute', async () => {
    for (const status of [200, 200, 200, 429]) {
      expect((await client().get('/api/v1/orders')).status).toBe(status);
    }
    const limited = await client().get('/api/v1/orders');
    expect(limited.json).toEqual({ message: 'Too many requests' });
    expect(limited.headers['retry-after']).toBeUndefined();
    clock.advance(60_000);
    expect((await client().get('/api/v1/orders')).status).toBe(200);
  });

  it('counts requests with a bad key as well', async () => {
    for (let count = 0; count < 3; count += 1) await client().get('/api/v1/orders', { key: 'bad' });
    expect((await client().get('/api/v1/orders', { key: 'bad' })).status).toBe(429);
  });
});

describe('the request log', () => {
  const client = useSandbox();

  it('counts what arrived, by template and by concrete path', async () => {
    const orderId = await client().order();
    await client().get(`/api/v1/orders/${orderId}?a=1`);
    await client().get('/api/v1/orders/order_unknown');
    const { requests } = client().sandbox;
    expect(requests.count('POST /api/v1/orders')).toBe(1);
    expect(requests.count('GET /api/v1/orders/:id')).toBe(2);
    expect(requests.count(`GET /api/v1/orders/${orderId}`)).toBe(1);
    expect(requests.list().at(-1)).toEqual({
      method: 'GET',
      path: '/api/v1/orders/order_unknown',
      route: '/api/v1/orders/:id',
      status: 404,
      receivedAt: expect.any(Number),
    });
    requests.clear();
    expect(requests.list()).toEqual([]);
  });

  it('masks a card number in a path and leaves the control routes out', async () => {
    await client().get('/api/v1/payments/4111111111111111');
    await client().get('/_sandbox/state');
    await client().get('/');
    expect(client().sandbox.requests.list()).toMatchObject([
      { path: '/api/v1/payments/****************', status: 400 },
    ]);
  });
});

describe('GlomopaySandbox', () => {
  it('stops at once, also with open keep-alive connections and a request that waits', async () => {
    const sandbox = await GlomopaySandbox.start();
    const client = new TestClient(sandbox);
    const agent = new Agent({ keepAlive: true });
    await client.get('/api/v1/orders', { agent });
    sandbox.faults.next('GET /api/v1/orders', 'latency', { latencyMs: 60_000 });
    const waiting = client.get('/api/v1/orders').catch((error: unknown) => error);
    while (sandbox.faults.pending > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const start = Date.now();
    await sandbox.stop();
    await sandbox.stop();
    expect(Date.now() - start).toBeLessThan(10_000);
    expect(await waiting).toMatchObject({ code: 'ECONNRESET' });
    await expect(client.get('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    agent.destroy();
  });

  it('starts two at a time that do not know each other’s keys', async () => {
    const [one, other] = await Promise.all([GlomopaySandbox.start(), GlomopaySandbox.start()]);
    const answer = await new TestClient(one).get('/api/v1/orders', { key: other.secretKey });
    expect(answer.status).toBe(401);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('says that there is no demo customer when it was told not to make one', async () => {
    const sandbox = await GlomopaySandbox.start({ seedDemoCustomer: false });
    expect(() => sandbox.demoCustomerId).toThrow('seedDemoCustomer');
    expect(sandbox.customers.list()).toEqual([]);
    await sandbox.stop();
  });

  it.each([
    { port: -1 },
    { callbackDelayMs: 0.5 },
    { requestsPerMinute: 0 },
    { pollIntervalMs: 0 },
  ])('refuses to start with %j', async (options) => {
    await expect(GlomopaySandbox.start(options)).rejects.toThrow(RangeError);
  });

  it('has a webhook secret of its own', async () => {
    const sandbox = await GlomopaySandbox.start();
    expect(sandbox.webhookSecret).toMatch(/^whsec_[0-9a-f]{48}$/);
    await sandbox.stop();
  });
});
