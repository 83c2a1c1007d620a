import { describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { aPayment, anOrder, badRequest, useSandbox } from '../../test/client.js';

const client = useSandbox();
const create = (overrides: object = {}) =>
  client().post('/api/v1/orders', anOrder(client().sandbox, overrides));

const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'answered',
    (error: unknown) => error,
  );

/** Longer than an answer takes. */
const soon = (): Promise<unknown> =>
  new Promise((resolve) => setTimeout(() => resolve('still waits'), 200));

/** Waits for what another part of the same process is about to do. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('latency', () => {
  it('holds a request back before it is processed', async () => {
    const { faults, orders, requests } = client().sandbox;
    faults.next('POST /api/v1/orders', 'latency', { latencyMs: 600 });
    const start = Date.now();
    const pending = create();
    await until(() => requests.count('POST /api/v1/orders') === 1);
    expect(orders.list()).toEqual([]);
    expect((await pending).status).toBe(201);
    expect(Date.now() - start).toBeGreaterThanOrEqual(590);
  });
});

describe('latency-after-commit', () => {
  it('processes at once and answers late', async () => {
    const { faults, orders, requests } = client().sandbox;
    faults.next('POST /api/v1/orders', 'latency-after-commit', { latencyMs: 600 });
    const start = Date.now();
    const pending = create();
    await until(() => orders.list().length === 1);
    expect(requests.list()).toMatchObject([{ status: null }]);
    expect((await pending).status).toBe(201);
    expect(requests.list()).toMatchObject([{ status: 201 }]);
    expect(Date.now() - start).toBeGreaterThanOrEqual(590);
  });
});

describe('a request that is never answered', () => {
  it.each([
    ['timeout', 0],
    ['timeout-after-commit', 1],
  ] as const)('has by %s left %s orders behind when its client gives up', async (fault, made) => {
    const { faults, orders, requests, url } = client().sandbox;
    faults.next('POST /api/v1/orders', fault);
    const leaving = new AbortController();
    const pending = fetch(`${url}/api/v1/orders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${client().sandbox.secretKey}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(anOrder(client().sandbox)),
      signal: leaving.signal,
    });
    await until(() => requests.count('POST /api/v1/orders') === 1 && orders.list().length === made);
    expect(await Promise.race([outcome(pending), soon()])).toBe('still waits');
    leaving.abort();
    expect(await outcome(pending)).toMatchObject({ name: 'AbortError' });
    expect(orders.list()).toHaveLength(made);
    expect(requests.list()).toMatchObject([{ status: null }]);
    expect((await create()).status).toBe(201);
  });

  it.each(['timeout', 'timeout-after-commit'] as const)(
    'by %s ends when the sandbox stops',
    async (fault) => {
      const { faults, requests } = client().sandbox;
      faults.next('POST /api/v1/orders', fault);
      const pending = outcome(create());
      await until(() => requests.count('POST /api/v1/orders') === 1);
      await client().sandbox.stop();
      expect(await pending).toMatchObject({ code: 'ECONNRESET' });
    },
  );
});

describe('rate-limit', () => {
  it('answers 429 with a message alone and processes nothing', async () => {
    client().sandbox.faults.next('POST /api/v1/orders', 'rate-limit');
    const answer = await create();
    expect([answer.status, answer.json]).toEqual([429, { message: 'Too many requests' }]);
    expect(answer.headers['retry-after']).toBeUndefined();
    expect(client().sandbox.orders.list()).toEqual([]);
  });

  it.each([
    [7, '7'],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT'],
  ])('sends Retry-After: %s when asked to', async (retryAfter, header) => {
    client().sandbox.faults.next('POST /api/v1/orders', 'rate-limit', { retryAfter });
    expect((await create()).headers['retry-after']).toBe(header);
  });
});

describe('server-error', () => {
  it.each([500, 502, 503, 504] as const)('answers %s and processes nothing', async (status) => {
    client().sandbox.faults.next('POST /api/v1/orders', 'server-error', { status });
    expect((await create()).status).toBe(status);
    expect(client().sandbox.orders.list()).toEqual([]);
  });

  it('is 500 unless told otherwise', async () => {
    client().sandbox.faults.next('POST /api/v1/orders', 'server-error');
    expect((await create()).status).toBe(500);
  });
});

describe('reset-before-processing', () => {
  it('resets the connection, processes nothing and records no answer', async () => {
    const { faults, orders, requests } = client().sandbox;
    faults.next('POST /api/v1/orders', 'reset-before-processing');
    expect(await outcome(create())).toMatchObject({ code: 'ECONNRESET' });
    expect(orders.list()).toEqual([]);
    expect(requests.list().map(({ status }) => status)).toEqual([null]);
  });

  it('sends a real RST, not an orderly end', async () => {
    const { faults, url } = client().sandbox;
    faults.next('GET /api/v1/orders', 'reset-before-processing');
    const error = await new Promise<unknown>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.on('error', resolve);
      socket.on('end', () => resolve('ended in order'));
      socket.write('GET /api/v1/orders HTTP/1.1\r\nHost: localhost\r\n\r\n');
    });
    expect(error).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
  });
});

describe('drop-after-commit', () => {
  it('processes, then closes without a byte of answer; the request_id finds it again', async () => {
    const { faults, orders, requests } = client().sandbox;
    faults.next('POST /api/v1/orders', 'drop-after-commit');
    const error = await outcome(create({ request_id: 'lost-1' }));
    expect(error).toMatchObject({ code: 'ECONNRESET', message: 'socket hang up' });
    expect(orders.list()).toHaveLength(1);
    expect(requests.list().map(({ status }) => status)).toEqual([null]);
    const again = await create({ request_id: 'lost-1' });
    expect(again.json).toEqual(badRequest('Order already exists for this request_id'));
    const found = await client().get('/api/v1/orders?request_id=lost-1');
    expect(found.json).toMatchObject({ data: [{ id: orders.list()[0]?.id }] });
  });

  it('works on payments in either spelling', async () => {
    const orderId = await client().order();
    client().sandbox.faults.next('POST /api/v1/payments', 'drop-after-commit');
    const error = await outcome(client().post('/api/v1/payment', aPayment(orderId)));
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(client().sandbox.payments.list()).toMatchObject([{ payin_id: orderId }]);
  });
});

describe('truncated-json', () => {
  it('answers 201 with well-formed HTTP around half of the JSON', async () => {
    client().sandbox.faults.next('POST /api/v1/orders', 'truncated-json');
    const answer = await create({ invoice_description: 'Prämie' });
    expect(answer.status).toBe(201);
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(answer.text)));
    expect(answer.text.startsWith('{"id":"order_')).toBe(true);
    expect(answer.json).toBeUndefined();
    expect(client().sandbox.orders.list()).toHaveLength(1);
  });

  it('answers 200 on a look-up', async () => {
    client().sandbox.faults.next('GET /api/v1/orders', 'truncated-json');
    const answer = await client().get('/api/v1/orders');
    expect([answer.status, answer.json]).toEqual([200, undefined]);
    expect((await client().get('/api/v1/orders')).json).toMatchObject({ data: [] });
  });
});
