import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answerAtBank, startPurchase, type StartedPurchase } from '../support/checkouts.js';
import { type RunningShop, startShop } from '../support/running-shop.js';
import { Visitor } from '../support/visitor.js';

describe('GET /payment/callback', () => {
  let shop: RunningShop;
  let visitor: Visitor;
  let purchase: StartedPurchase;

  beforeEach(async () => {
    shop = await startShop();
    visitor = await shop.visitor();
    purchase = await startPurchase(shop, visitor);
  });

  afterEach(async () => {
    await shop.close();
  });

  it('answers 303 to the page of the confirmed state', async () => {
    const response = await visitor.get(answerAtBank(shop, purchase, 'approve'));
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/payment/success?ref=${purchase.reference}`);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('answers 303 to the failed page when the bank declined', async () => {
    const response = await visitor.get(answerAtBank(shop, purchase, 'decline'));
    expect(response.headers.get('location')).toBe(`/payment/failed?ref=${purchase.reference}`);
    expect(await visitor.read(`/payment/failed?ref=${purchase.reference}`)).toContain(
      'Payment not completed',
    );
  });

  it('finds the purchase by the signed order, also in a browser without a session', async () => {
    const stranger = new Visitor(shop.url);
    const response = await stranger.get(answerAtBank(shop, purchase, 'approve'));
    expect(response.headers.get('location')).toBe(`/payment/success?ref=${purchase.reference}`);
  });

  it("settles the order it names, not the newest of the browser's session", async () => {
    const newer = await startPurchase(shop, visitor);
    await visitor.get(answerAtBank(shop, purchase, 'approve'));
    expect(await visitor.read(newer.statusUrl)).toContain('Waiting for your bank');
    expect(await visitor.read(purchase.statusUrl)).toContain('Payment successful');
  });

  it('does not take the word of the query: an unpaid payment stays pending', async () => {
    const { createHmac } = await import('node:crypto');
    const text = `${purchase.orderId}|${purchase.paymentId}|success`;
    const signature = createHmac('sha256', shop.sandbox.secretKey).update(text).digest('hex');
    const query = new URLSearchParams({
      order_id: purchase.orderId,
      payment_id: purchase.paymentId,
      status: 'success',
      signature,
    });
    const response = await visitor.get(`/payment/callback?${query}`);
    expect(response.headers.get('location')).toBe(`/payment/pending?ref=${purchase.reference}`);
    expect(await visitor.read(`/payment/success?ref=${purchase.reference}`)).toContain(
      'Waiting for your bank',
    );
  });

  it('refuses a return in which any one byte of the signature differs', async () => {
    const genuine = answerAtBank(shop, purchase, 'approve');
    const at = genuine.indexOf('signature=') + 'signature='.length;
    for (let index = at; index < genuine.length; index += 9) {
      const other = genuine[index] === '0' ? '1' : '0';
      const forged = genuine.slice(0, index) + other + genuine.slice(index + 1);
      const response = await visitor.get(forged);
      expect([response.status, response.headers.get('location')]).toEqual([303, '/payment/error']);
    }
    expect(await visitor.json(`${purchase.statusUrl}/state`)).toMatchObject({
      status: 'succeeded',
    });
  });

  it.each([
    ['status changed', (url: string) => url.replace('status=success', 'status=failed')],
    ['another order', (url: string) => url.replace(/order_id=order_\w/, 'order_id=order_X')],
    ['another payment', (url: string) => url.replace(/payment_id=payt_\w/, 'payment_id=payt_X')],
    ['no signature', (url: string) => url.replace(/&signature=\w+/, '')],
    ['no order', (url: string) => url.replace(/order_id=\w+&/, '')],
    ['no payment', (url: string) => url.replace(/&payment_id=\w+/, '')],
    ['no status', (url: string) => url.replace('&status=success', '')],
    ['an empty query', () => '/payment/callback'],
    ['an error only', () => '/payment/callback?error=It+broke'],
    ['the status twice', (url: string) => `${url}&status=success`],
    ['the order twice', (url: string) => `${url}&order_id=order_X`],
    ['the signature as a list', (url: string) => url.replace('signature=', 'signature[]=')],
    ['upper-case hex', (url: string) => url.replace(/signature=\w+/, (hex) => hex.toUpperCase())],
    ['a newline behind the signature', (url: string) => `${url}%0A`],
    ['an unknown status', (url: string) => url.replace('status=success', 'status=paid')],
    ['a pipe in an id', (url: string) => url.replace('&payment_id=', '%7Cpayt_1&payment_id=')],
  ])('sends a return with %s to the error page and changes nothing', async (_, spoil) => {
    const genuine = answerAtBank(shop, purchase, 'approve');
    const lookUps = shop.sandbox.requests.count('GET /api/v1/payments/:id');
    const response = await visitor.get(spoil(genuine));
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/payment/error');
    expect(shop.sandbox.requests.count('GET /api/v1/payments/:id')).toBe(lookUps);
    const page = await visitor.read('/payment/error');
    expect(page).toContain('not confirmed');
    expect(page).toContain(purchase.statusUrl);
  });

  it.each([
    'redirect=https://evil.example',
    'redirectUrl=//evil.example',
    'next=%2F%2Fevil.example',
    'ref=https://evil.example',
    'error=https://evil.example/%0d%0aSet-Cookie:a=b',
    'error=<script>alert(1)</script>',
  ])('takes nothing from a further parameter: %s', async (parameter) => {
    const genuine = answerAtBank(shop, purchase, 'approve');
    for (const path of [`${genuine}&${parameter}`, `/payment/callback?${parameter}`]) {
      const response = await visitor.get(path);
      expect(response.status).toBe(303);
      expect(response.headers.get('location')).toMatch(/^\/payment\/(success\?ref=[\w-]+|error)$/);
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(await response.text()).not.toContain('evil');
      expect(shop.log.text).not.toContain('evil');
    }
  });

  it('does not follow the Host header', async () => {
    const genuine = answerAtBank(shop, purchase, 'approve');
    const response = await visitor.get(genuine, { 'x-forwarded-host': 'evil.example' });
    expect(response.headers.get('location')).toMatch(/^\/payment\/success/);
  });

  it('shows the error page without a word of the query', async () => {
    const page = await visitor.read('/payment/error?error=<b>evil</b>&ref=%3Cscript%3E');
    expect(page).not.toContain('evil');
    expect(page).not.toContain('script&gt;');
  });

  it('answers HEAD like GET and stays usable', async () => {
    const genuine = answerAtBank(shop, purchase, 'approve');
    const head = await visitor.head(genuine);
    expect(head.status).toBe(303);
    const response = await visitor.get(genuine);
    expect(response.headers.get('location')).toBe(`/payment/success?ref=${purchase.reference}`);
  });

  it('may come a hundred times: one look-up, one outcome', async () => {
    const genuine = answerAtBank(shop, purchase, 'approve');
    const responses = await Promise.all(Array.from({ length: 100 }, () => visitor.get(genuine)));
    const places = new Set(responses.map(({ headers }) => headers.get('location')));
    expect([...places]).toEqual([`/payment/success?ref=${purchase.reference}`]);
    expect(shop.sandbox.requests.count('GET /api/v1/payments/:id')).toBe(1);
  });

  it('asks about a pending payment at most once a second', async () => {
    const genuine = answerAtBank(shop, purchase, 'approve');
    shop.sandbox.faults.next('GET /api/v1/payments/:id', 'latency', { latencyMs: 5000 });
    const response = await visitor.get(genuine);
    expect(response.headers.get('location')).toBe(`/payment/pending?ref=${purchase.reference}`);
    const again = await visitor.get(genuine);
    expect(again.headers.get('location')).toBe(`/payment/success?ref=${purchase.reference}`);
  });

  it('sends a signed return about an order of somebody else to the error page', async () => {
    const { createHmac } = await import('node:crypto');
    const text = 'order_68c00b7btsthf|payt_691eeb9aV79Uk|success';
    const signature = createHmac('sha256', shop.sandbox.secretKey).update(text).digest('hex');
    const response = await visitor.get(
      `/payment/callback?order_id=order_68c00b7btsthf&payment_id=payt_691eeb9aV79Uk&status=success&signature=${signature}`,
    );
    expect(response.headers.get('location')).toBe('/payment/error');
  });
});
