import { describe, expect, it } from '@jest/globals';
import { createHash, createHmac } from 'node:crypto';
import { aCard, read, useSandbox } from '../../test/client.js';
import type { Answer, OpenPayment, TestClient } from '../../test/client.js';

const client = useSandbox();
const form = { 'content-type': 'application/x-www-form-urlencoded' };

const submit = (page: string, decision: string, at: TestClient = client()): Promise<Answer> => {
  const raw = new URLSearchParams([...new URL(page).searchParams, ['decision', decision]]);
  return at.post('/3ds', null, { key: null, headers: form, raw: raw.toString() });
};

const open = (page: string) => client().get(page, { key: null });
const target = (answer: Answer) => new URL(String(answer.headers['location']));
const statusOf = ({ paymentId }: OpenPayment) => client().sandbox.payments.get(paymentId)?.status;
const orderOf = ({ orderId }: OpenPayment) => client().sandbox.orders.get(orderId)?.status;

/** An own computation, so that the code under test does not verify itself. */
const hmac = ({ orderId, paymentId }: OpenPayment, status: string, key: string) =>
  createHmac('sha256', key).update(`${orderId}|${paymentId}|${status}`).digest('hex');

describe('the 3DS page', () => {
  it('shows merchant, amount, card and four answers, and says that it is simulated', async () => {
    const { page } = await client().payment({}, { amount: 123_456, currency: 'EUR' });
    const { status, text } = await open(page);
    expect(status).toBe(200);
    expect(text).toContain('Simulated bank page');
    expect(text).toContain('Demo Shop');
    expect(text).toContain('EUR\u00A01,234.56');
    expect(text).toContain('•••• 1111');
    for (const decision of ['approve', 'decline', 'abandon', 'error']) {
      expect(text).toContain(`name="decision" value="${decision}"`);
    }
    expect(text).not.toContain('<script');
  });

  it('forbids caching, framing, referrers and everything it does not bring itself', async () => {
    const { headers } = await open((await client().payment()).page);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-content-type-options']).toBe('nosniff');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('allows exactly the stylesheet it carries', async () => {
    const { headers, text } = await open((await client().payment()).page);
    const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
  });

  it.each([
    ['another token', (url: URL) => url.searchParams.set('authToken', 'x'.repeat(32))],
    ['no token', (url: URL) => url.searchParams.delete('authToken')],
    ['another payment', (url: URL) => url.searchParams.set('paymentId', 'payt_691eeb9aV79Uk')],
  ])('is refused with %s, for reading and for answering', async (_case, spoil) => {
    const payment = await client().payment();
    const url = new URL(payment.page);
    spoil(url);
    expect((await open(url.href)).status).toBe(403);
    const answer = await submit(url.href, 'approve');
    expect([answer.status, answer.headers['location']]).toEqual([403, undefined]);
    expect(statusOf(payment)).toBe('in_progress');
  });

  it('never sends the browser to a redirectUrl that was put into the link', async () => {
    const { page } = await client().payment();
    const url = new URL(page);
    url.searchParams.set('redirectUrl', 'https://evil.example/');
    expect(target(await submit(url.href, 'approve')).host).toBe('shop.example');
  });

  it('asks again when the form holds no known decision', async () => {
    const payment = await client().payment();
    expect((await submit(payment.page, 'maybe')).status).toBe(400);
    expect(statusOf(payment)).toBe('in_progress');
  });
});

describe('approve', () => {
  it('pays the order and returns a signed success', async () => {
    const payment = await client().payment();
    const answer = await submit(payment.page, 'approve');
    expect(answer.status).toBe(302);
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(Object.fromEntries(target(answer).searchParams)).toEqual({
      order_id: payment.orderId,
      payment_id: payment.paymentId,
      status: 'success',
      signature: hmac(payment, 'success', client().sandbox.secretKey),
    });
    expect([statusOf(payment), orderOf(payment)]).toEqual(['success', 'paid']);
    expect(client().sandbox.payments.get(payment.paymentId)).toMatchObject({
      paid_at: expect.any(String),
      error_code: null,
      funds_available: true,
      fees: { txn_fee: { amount: 30, currency: 'USD' } },
      fee_breakdown: { txn_fee: [{ amount: 30, bearer: 'merchant' }] },
    });
  });

  it('holds SANCTION_HIT for the reserved amount, and the order stays unpaid', async () => {
    const payment = await client().payment({}, { amount: 6623 });
    expect(target(await submit(payment.page, 'approve')).searchParams.get('status')).toBe(
      'success',
    );
    expect(orderOf(payment)).toBe('active');
    expect(client().sandbox.payments.get(payment.paymentId)).toMatchObject({
      status: 'action_required',
      compliance_status: null,
      rfi: null,
      error_code: 'SANCTION_HIT',
      customer_error_description: null,
      paid_at: null,
    });
  });
});

describe('decline', () => {
  it('fails the payment, leaves the order payable and returns a signed failure', async () => {
    const payment = await client().payment();
    const query = target(await submit(payment.page, 'decline')).searchParams;
    expect(query.get('status')).toBe('failed');
    expect(query.get('signature')).toBe(hmac(payment, 'failed', client().sandbox.secretKey));
    expect([statusOf(payment), orderOf(payment)]).toEqual(['failed', 'active']);
    expect(client().sandbox.payments.get(payment.paymentId)).toMatchObject({
      error_code: 'PAYMENT_DECLINED',
      paid_at: null,
    });
  });
});

describe('abandon', () => {
  it('tells nobody and changes nothing, and can still be answered later', async () => {
    const payment = await client().payment();
    const answer = await submit(payment.page, 'abandon');
    expect([answer.status, answer.headers['location']]).toEqual([200, undefined]);
    expect(answer.text).toContain('You left without an answer');
    expect(statusOf(payment)).toBe('in_progress');
    expect((await submit(payment.page, 'approve')).status).toBe(302);
  });
});

describe('error', () => {
  it('returns without ids and signature, and the payment stays in progress', async () => {
    const payment = await client().payment();
    const answer = await submit(payment.page, 'error');
    expect(answer.status).toBe(302);
    expect([...target(answer).searchParams.keys()]).toEqual(['error']);
    expect(statusOf(payment)).toBe('in_progress');
  });
});

describe('test cards', () => {
  it.each([
    ['3466241111111111', 'success'],
    ['4532491111111111', 'success'],
    ['3490881111111112', 'failed'],
    ['4532271111111112', 'failed'],
  ])('without OTP complete as soon as the page opens: %s is %s', async (number, status) => {
    const payment = await client().payment({ card: aCard({ number }) });
    const answer = await open(payment.page);
    expect(answer.status).toBe(302);
    expect(target(answer).searchParams.get('status')).toBe(status);
    expect(statusOf(payment)).toBe(status);
  });

  it('made to fail fail whatever the buyer presses', async () => {
    const card = aCard({ number: '4597262222222223' });
    const payment = await client().payment({ card });
    expect((await open(payment.page)).status).toBe(200);
    expect(target(await submit(payment.page, 'approve')).searchParams.get('status')).toBe('failed');
    expect(client().sandbox.payments.get(payment.paymentId)).toMatchObject({
      status: 'failed',
      error_code: 'PAYMENT_DECLINED',
    });
  });

  it('made to fail can still be abandoned', async () => {
    const payment = await client().payment({ card: aCard({ number: '4597262222222223' }) });
    await submit(payment.page, 'abandon');
    expect(statusOf(payment)).toBe('in_progress');
  });
});

describe('a replay', () => {
  it('returns to the same signed callback and changes nothing', async () => {
    const payment = await client().payment();
    const first = await submit(payment.page, 'approve');
    const before = client().sandbox.payments.get(payment.paymentId);
    for (const answer of [await submit(payment.page, 'decline'), await open(payment.page)]) {
      expect(answer.status).toBe(302);
      expect(answer.headers['location']).toBe(first.headers['location']);
    }
    expect(client().sandbox.payments.get(payment.paymentId)).toEqual(before);
  });

  it('lets two attempts on one order both succeed when both were under way', async () => {
    const first = await client().payment();
    const { sandbox } = client();
    const second = read(
      (
        await client().post('/api/v1/payments', {
          order_id: first.orderId,
          method: 'card',
          card: aCard(),
          callback_url: 'https://shop.example/cb',
        })
      ).json,
      'payment_id',
    );
    sandbox.completePayment(first.paymentId, 'approve');
    sandbox.completePayment(second, 'approve');
    expect(sandbox.payments.list().map(({ status }) => status)).toEqual(['success', 'success']);
  });
});

describe('the callback URL', () => {
  it.each([
    ['https://shop.example/cb?a=1&b=%20x', 'https://shop.example/cb?a=1&b=%20x&order_id='],
    ['https://shop.example/cb#done', 'https://shop.example/cb?order_id='],
    ['http://localhost:3000', 'http://localhost:3000/?order_id='],
  ])('%s keeps its own query in front', async (callback_url, start) => {
    const { page } = await client().payment({ callback_url });
    const location = String((await submit(page, 'approve')).headers['location']);
    expect(location.startsWith(start)).toBe(true);
    expect(location.endsWith('#done')).toBe(callback_url.endsWith('#done'));
  });

  it('is signed with the newest key after a rotation', async () => {
    const { sandbox } = client();
    const old = sandbox.secretKey;
    const payment = await client().payment();
    const key = await sandbox.rotateKey({ oldKeyValidForMs: 60_000 });
    const signature = target(await submit(payment.page, 'approve')).searchParams.get('signature');
    expect(signature).toBe(hmac(payment, 'success', key));
    expect(signature).not.toBe(hmac(payment, 'success', old));
  });

  it('is signed with the older active key once, when that fault is queued', async () => {
    const { sandbox } = client();
    const old = sandbox.secretKey;
    const payment = await client().payment();
    await sandbox.rotateKey({ oldKeyValidForMs: 60_000 });
    sandbox.faults.next('callback', 'callback-with-older-key');
    const signatures = [await submit(payment.page, 'approve'), await open(payment.page)].map(
      (answer) => target(answer).searchParams.get('signature'),
    );
    expect(signatures).toEqual([
      hmac(payment, 'success', old),
      hmac(payment, 'success', sandbox.secretKey),
    ]);
  });
});

describe('callbackDelayMs', () => {
  const delayed = useSandbox({ callbackDelayMs: 600 });

  it('delays the browser’s return, not the outcome', async () => {
    const { page, paymentId } = await delayed().payment();
    const { payments, requests } = delayed().sandbox;
    const start = Date.now();
    const pending = submit(page, 'approve', delayed());
    while (payments.get(paymentId)?.status !== 'success') {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(requests.list().at(-1)).toMatchObject({ path: '/3ds', status: null });
    expect((await pending).status).toBe(302);
    expect(Date.now() - start).toBeGreaterThanOrEqual(590);
  });
});

describe('escaping', () => {
  const hostile = useSandbox({ merchantName: '<script>alert("m")</script>' });

  it('leaves no markup of others in the 3DS page or the dashboard', async () => {
    const name = `"><img src=x onerror='alert(1)'>`;
    const { page } = await hostile().payment(
      { card: aCard({ holder_name: name }) },
      { product: { name }, reference_number: name },
    );
    for (const path of [page, '/']) {
      const { text } = await hostile().get(path, { key: null });
      expect(text).not.toContain('<img');
      expect(text).not.toContain('<script');
    }
    expect((await hostile().get(page)).text).toContain('&#60;script&#62;alert(&#34;m&#34;)');
    expect((await hostile().get('/')).text).toContain('&#34;&#62;&#60;img');
  });
});
