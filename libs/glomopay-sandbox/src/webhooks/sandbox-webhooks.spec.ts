import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { aPayment, TestClient, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';
import { useReceivers } from '../../test/receiver.js';
import type { Arrival } from '../../test/receiver.js';
import { GlomopaySandbox } from '../index.js';

const minute = 60_000;
const base = new ManualClock();
const client = useSandbox({ clock: base });
const receiver = useReceivers();

async function listening() {
  const merchant = await receiver();
  const { webhooks } = client().sandbox;
  webhooks.endpoints = [merchant.url];
  return { merchant, webhooks };
}

function isAuthentic({ body, headers }: Arrival, secret: string): boolean {
  const digest = createHmac('sha256', secret).update(body, 'utf8').digest('hex');
  return headers['x-glomopay-signature'] === digest;
}

describe('the webhooks of a payment', () => {
  it('tell its success and the paid order, in this order, as the API answers them', async () => {
    const { merchant, webhooks } = await listening();
    const { orderId, paymentId } = await client().payment();
    client().sandbox.completePayment(paymentId, 'approve');
    await webhooks.settled();
    expect(merchant.types).toEqual(['payment.success', 'orders.paid']);
    const [payment, order] = merchant.arrivals.map(({ body }) => JSON.parse(body).data);
    expect(payment).toEqual((await client().get(`/api/v1/payments/${paymentId}`)).json);
    expect(order).toEqual((await client().get(`/api/v1/orders/${orderId}`)).json);
  });

  it('are JSON posts, signed over exactly their bytes with the webhook secret', async () => {
    const { merchant, webhooks } = await listening();
    const { paymentId } = await client().payment({}, { notes: { ключ: 'café 東京', a: '/' } });
    client().sandbox.completePayment(paymentId, 'approve');
    await webhooks.settled();
    for (const arrival of merchant.arrivals) {
      expect(arrival).toMatchObject({
        method: 'POST',
        path: '/hooks',
        headers: { 'content-type': 'application/json' },
      });
      expect(arrival.body).toMatch(/^\{"data":\{.*\},"entity_type":"\w+","event_type":"\w+"\}$/);
      expect(isAuthentic(arrival, client().sandbox.webhookSecret)).toBe(true);
      expect(isAuthentic(arrival, client().sandbox.secretKey)).toBe(false);
    }
  });

  it.each([
    ['declined', 1000, 'decline', 'payment.failed'],
    ['sanctioned', 6623, 'approve', 'payment.action_required'],
  ] as const)('tell a %s one alone', async (_what, amount, decision, type) => {
    const { merchant, webhooks } = await listening();
    const { paymentId } = await client().payment({}, { amount });
    client().sandbox.completePayment(paymentId, decision);
    await webhooks.settled();
    expect(merchant.types).toEqual([type]);
  });

  it('are not repeated when the browser answers the bank again', async () => {
    const { merchant, webhooks } = await listening();
    const { paymentId } = await client().payment();
    client().sandbox.completePayment(paymentId, 'approve');
    client().sandbox.completePayment(paymentId, 'decline');
    await webhooks.settled();
    expect(merchant.arrivals).toHaveLength(2);
  });

  it('tell a second success of a paid order without paying it twice', async () => {
    const { merchant, webhooks } = await listening();
    const { orderId, paymentId } = await client().payment();
    const second = await client().post('/api/v1/payments', aPayment(orderId));
    client().sandbox.completePayment(paymentId, 'approve');
    client().sandbox.completePayment(JSON.parse(second.text).payment_id, 'approve');
    await webhooks.settled();
    expect(merchant.types).toEqual(['payment.success', 'orders.paid', 'payment.success']);
  });

  it('carry neither card number nor CVV', async () => {
    const { merchant, webhooks } = await listening();
    const { paymentId } = await client().payment();
    client().sandbox.completePayment(paymentId, 'approve');
    await webhooks.settled();
    expect(JSON.stringify(merchant.arrivals)).not.toMatch(/4111111111111111|"739"/);
  });

  it('are recorded when nobody listens', async () => {
    const { paymentId } = await client().payment();
    const { webhooks } = client().sandbox;
    client().sandbox.completePayment(paymentId, 'approve');
    expect(webhooks.events().map(({ type }) => type)).toEqual(['orders.paid', 'payment.success']);
    expect(webhooks.deliveries()).toEqual([]);
  });
});

describe('orders.expired', () => {
  it('is told three months after the order, when the clock gets there', async () => {
    const { merchant } = await listening();
    const orderId = await client().order();
    await client().sandbox.clock.advance(88 * 24 * 60 * minute);
    expect(merchant.types).toEqual([]);
    await client().sandbox.clock.advance(5 * 24 * 60 * minute);
    expect(merchant.types).toEqual(['orders.expired']);
    expect(client().sandbox.orders.get(orderId)?.status).toBe('expired');
    expect(merchant.arrivals[0]?.body).toContain('"updated_at":"2026-06-01T12:00:00.000Z"');
  });

  it('is not told of a paid one', async () => {
    const { merchant } = await listening();
    const { paymentId } = await client().payment();
    client().sandbox.completePayment(paymentId, 'approve');
    await client().sandbox.clock.advance(100 * 24 * 60 * minute);
    expect(merchant.types).toEqual(['payment.success', 'orders.paid']);
  });
});

describe('a delivery', () => {
  const emit = () => client().sandbox.webhooks.emit('refund', 'success', { id: 'refund_1' });

  it.each([201, 204, 302, 400, 401, 500])('fails on %s and is tried again', async (status) => {
    const { merchant, webhooks } = await listening();
    const elsewhere = await receiver();
    merchant.behaviours.push((response) => {
      response.writeHead(status, { location: elsewhere.url }).end();
    });
    emit();
    await webhooks.settled();
    expect(webhooks.deliveries()).toMatchObject([
      {
        type: 'refund.success',
        state: 'pending',
        attempts: [{ status, failure: 'status', attemptedAt: base.now() }],
        nextAttemptAt: base.now() + minute,
      },
    ]);
    await client().sandbox.clock.advance(minute - 1);
    expect(merchant.arrivals).toHaveLength(1);
    await client().sandbox.clock.advance(1);
    expect(merchant.arrivals).toHaveLength(2);
    expect(merchant.arrivals[1]).toMatchObject({ body: merchant.arrivals[0]?.body });
    expect(webhooks.deliveries()).toMatchObject([{ state: 'delivered', nextAttemptAt: null }]);
    expect(elsewhere.arrivals).toEqual([]);
  });

  it('is tried six times within 48 minutes and then given up', async () => {
    const { merchant, webhooks } = await listening();
    merchant.behaviours.push(...Array<number>(20).fill(503));
    emit();
    const started = base.now();
    await client().sandbox.clock.advance(24 * 60 * minute);
    const [delivery] = webhooks.deliveries();
    expect(delivery).toMatchObject({ state: 'given_up', nextAttemptAt: null });
    expect(delivery?.attempts.map(({ attemptedAt }) => (attemptedAt - started) / minute)).toEqual([
      0, 1, 3, 8, 18, 48,
    ]);
    expect(merchant.arrivals).toHaveLength(6);
  });

  it('fails when nobody listens there, and when the connection breaks', async () => {
    const { merchant, webhooks } = await listening();
    merchant.behaviours.push((response) => response.socket?.resetAndDestroy());
    webhooks.endpoints = [merchant.url, await nobody()];
    emit();
    await webhooks.settled();
    const failed = { attempts: [{ status: null, failure: 'connection' }] };
    expect(webhooks.deliveries()).toMatchObject([failed, failed]);
  });

  it('fails when the answer breaks off after its head', async () => {
    const { merchant, webhooks } = await listening();
    merchant.behaviours.push((response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half', () => response.destroy());
    });
    emit();
    await webhooks.settled();
    expect(webhooks.deliveries()).toMatchObject([{ attempts: [{ failure: 'connection' }] }]);
  });

  it('goes to every endpoint, each with attempts of its own, also to one named twice', async () => {
    const [first, second] = [await receiver(), await receiver()];
    const { webhooks } = client().sandbox;
    webhooks.endpoints = [first.url, second.url, second.url];
    first.behaviours.push(500);
    const { id } = emit();
    await webhooks.settled();
    expect([first.arrivals.length, second.arrivals.length]).toEqual([1, 2]);
    expect(webhooks.deliveries().map(({ eventId }) => eventId)).toEqual([id, id, id]);
    await client().sandbox.clock.advance(minute);
    expect([first.arrivals.length, second.arrivals.length]).toEqual([2, 2]);
  });

  it('never has more than ten requests open at one endpoint', async () => {
    const { merchant, webhooks } = await listening();
    let open = 0;
    let most = 0;
    const slow = async (response: { end: () => unknown }) => {
      most = Math.max(most, (open += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      open -= 1;
      response.end();
    };
    merchant.behaviours.push(...Array<typeof slow>(60).fill(slow));
    for (let n = 0; n < 60; n += 1) webhooks.emit('refund', 'success', { id: `refund_${n}` });
    await webhooks.settled();
    expect([merchant.arrivals.length, most]).toEqual([60, 10]);
  });

  it('tells one object’s events one by one, and lets those of another pass', async () => {
    const { merchant, webhooks } = await listening();
    const finished: string[] = [];
    const slow = async (response: { end: () => unknown }, { body }: Arrival) => {
      await new Promise((resolve) => setTimeout(resolve, body.includes('queued') ? 60 : 1));
      finished.push(JSON.parse(body).event_type);
      response.end();
    };
    merchant.behaviours.push(...Array<typeof slow>(4).fill(slow));
    webhooks.emit('payout', 'queued', { id: 'payout_1' });
    webhooks.emit('payout', 'in_progress', { id: 'payout_1' });
    webhooks.emit('payout', 'success', { id: 'payout_1' });
    webhooks.emit('refund', 'failed', { id: 'refund_1' });
    await webhooks.settled();
    expect(finished).toEqual(['failed', 'queued', 'in_progress', 'success']);
  });
});

describe('SandboxWebhooks.resend', () => {
  it('sends a delivered one again, byte for byte', async () => {
    const { merchant, webhooks } = await listening();
    webhooks.emit('refund', 'success', { id: 'refund_1' });
    await webhooks.settled();
    const resent = await webhooks.resend(webhooks.deliveries()[0]?.id ?? '');
    expect(resent).toMatchObject({ state: 'delivered', attempts: [{}, {}] });
    expect(merchant.arrivals[1]).toMatchObject({ body: merchant.arrivals[0]?.body });
  });

  it('ends the schedule when it succeeds and leaves it alone when it fails', async () => {
    const { merchant, webhooks } = await listening();
    merchant.behaviours.push(500, 500);
    webhooks.emit('refund', 'success', { id: 'refund_1' });
    await webhooks.settled();
    const id = webhooks.deliveries()[0]?.id ?? '';
    const failed = await webhooks.resend(id);
    expect(failed).toMatchObject({ state: 'pending', nextAttemptAt: base.now() + minute });
    expect(await webhooks.resend(id)).toMatchObject({ state: 'delivered', nextAttemptAt: null });
    await client().sandbox.clock.advance(60 * minute);
    expect(merchant.arrivals).toHaveLength(3);
  });

  it('revives what was given up', async () => {
    const { merchant, webhooks } = await listening();
    merchant.behaviours.push(...Array<number>(6).fill(500));
    webhooks.emit('refund', 'success', { id: 'refund_1' });
    await client().sandbox.clock.advance(60 * minute);
    const id = webhooks.deliveries()[0]?.id ?? '';
    expect(await webhooks.resend(id)).toMatchObject({ state: 'delivered' });
  });

  it('knows no other deliveries', async () => {
    await expect(client().sandbox.webhooks.resend('x')).rejects.toThrow('no such delivery');
  });
});

describe('SandboxWebhooks.sendTest', () => {
  it('sends the dashboard’s event and says what the dashboard would', async () => {
    const { merchant, webhooks } = await listening();
    const failing = await receiver();
    failing.behaviours.push(422);
    const silent = await nobody();
    webhooks.endpoints = [merchant.url, failing.url, silent];
    expect(await webhooks.sendTest()).toEqual([
      { url: merchant.url, status: 200, message: 'Webhook connection successful' },
      { url: failing.url, status: 422, message: 'Request failed with status 422' },
      { url: silent, status: null, message: 'Request failed' },
    ]);
    const [arrival] = merchant.arrivals;
    expect(arrival?.body).toBe('{"data":{},"entity_type":"webhook_test","event_type":"test"}');
    expect(arrival && isAuthentic(arrival, client().sandbox.webhookSecret)).toBe(true);
  });

  it('is not tried again', async () => {
    const { merchant, webhooks } = await listening();
    merchant.behaviours.push(500);
    await webhooks.sendTest();
    await client().sandbox.clock.advance(60 * minute);
    expect(merchant.arrivals).toHaveLength(1);
    expect(webhooks.deliveries()).toMatchObject([{ state: 'given_up' }]);
  });
});

describe('SandboxWebhooks.emit', () => {
  it.each([
    ['order', 'paid'],
    ['orders', 'active'],
    ['payment', 'Success'],
    ['constructor', 'name'],
    ['__proto__', 'x'],
  ])('refuses %s.%s, which is not in the catalogue, unless told to send it', async (...name) => {
    const { merchant, webhooks } = await listening();
    expect(() => webhooks.emit(...name, {})).toThrow(TypeError);
    expect(webhooks.events()).toEqual([]);
    webhooks.emit(...name, { id: 'x' }, { allowUnknown: true });
    await webhooks.settled();
    expect(merchant.types).toEqual([name.join('.')]);
  });
});

describe('SandboxWebhooks.endpoints', () => {
  it.each([
    'http://shop.example/hooks',
    'http://127.0.0.1.evil.example/',
    'https://user:secret@shop.example/',
    'https://shop.example/#part',
    'ftp://localhost/',
    'localhost:3000',
    'https://',
    'https://a b/',
    '',
  ])('refuses %j without quoting it and keeps what it had', async (url) => {
    const { merchant, webhooks } = await listening();
    const refusal = 'A webhook URL is https, or http on a loopback address';
    expect(() => {
      webhooks.endpoints = [merchant.url, url];
    }).toThrow(new TypeError(refusal));
    expect(webhooks.endpoints).toEqual([merchant.url]);
    await expect(GlomopaySandbox.start({ webhookUrl: url })).rejects.toThrow(refusal);
  });

  it.each(['https://shop.example/hooks?token=1', 'http://localhost:3000/', 'http://[::1]/'])(
    'takes %s',
    (url) => {
      client().sandbox.webhooks.endpoints = [url];
      expect(client().sandbox.webhooks.endpoints).toEqual([url]);
    },
  );
});

describe('GlomopaySandbox.start', () => {
  it('takes endpoints and secret', async () => {
    const merchant = await receiver();
    const sandbox = await GlomopaySandbox.start({
      webhookUrl: merchant.url,
      webhookSecret: 'whsec_2f1c9b7a4d6e8031',
    });
    const { paymentId } = await new TestClient(sandbox).payment();
    sandbox.completePayment(paymentId, 'approve');
    await sandbox.webhooks.settled();
    expect(merchant.arrivals.map((one) => isAuthentic(one, 'whsec_2f1c9b7a4d6e8031'))).toEqual([
      true,
      true,
    ]);
    await sandbox.stop();
  });

  it.each(['', ' '])('refuses the webhook secret %j', async (webhookSecret) => {
    await expect(GlomopaySandbox.start({ webhookSecret })).rejects.toThrow(TypeError);
  });

  it('retries for four days, ten attempts in all, in production', async () => {
    const merchant = await receiver();
    merchant.behaviours.push(...Array<number>(20).fill(500));
    const clock = new ManualClock();
    const sandbox = await GlomopaySandbox.start({
      clock,
      environment: 'production',
      webhookUrl: [merchant.url],
    });
    sandbox.webhooks.emit('refund', 'success', { id: 'refund_1' });
    await sandbox.clock.advance(10 * 24 * 60 * minute);
    const [delivery] = sandbox.webhooks.deliveries();
    const hours = delivery?.attempts.map(({ attemptedAt }) => (attemptedAt - clock.now()) / minute);
    expect(hours).toEqual([0, 1, 6, 21, 81, 261, 621, 1341, 2781, 5661]);
    expect(delivery?.state).toBe('given_up');
    await sandbox.stop();
  });

  it('gives a receiver so much time for its whole answer', async () => {
    const merchant = await receiver();
    merchant.behaviours.push((response) => {
      response.writeHead(200);
      response.write('{');
    });
    const sandbox = await GlomopaySandbox.start({ webhookUrl: merchant.url, webhookTimeoutMs: 60 });
    sandbox.webhooks.emit('refund', 'success', { id: 'refund_1' });
    await sandbox.webhooks.settled();
    expect(sandbox.webhooks.deliveries()).toMatchObject([
      { state: 'pending', attempts: [{ status: null, failure: 'timeout' }] },
    ]);
    await sandbox.stop();
  });
});

describe('GlomopaySandbox.stop', () => {
  it('ends deliveries under way at once, and none follows', async () => {
    const { merchant, webhooks } = await listening();
    const closed: number[] = [];
    const hang = (response: NodeJS.EventEmitter) => response.on('close', () => closed.push(1));
    merchant.behaviours.push(...Array<typeof hang>(30).fill(hang));
    for (let n = 0; n < 30; n += 1) webhooks.emit('refund', 'success', { id: `refund_${n}` });
    while (merchant.arrivals.length < 10) await new Promise((resolve) => setTimeout(resolve, 5));
    await client().sandbox.stop();
    await client().sandbox.clock.advance(60 * minute);
    while (closed.length < 10) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(merchant.arrivals).toHaveLength(10);
    expect(webhooks.deliveries().flatMap(({ attempts }) => attempts)).toEqual([]);
  });
});

/** An address where nobody listens any more. */
async function nobody(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}/`;
}
