import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answerAtBank, startPurchase, type StartedPurchase } from '../support/checkouts.js';
import { readEvents } from '../support/events.js';
import { type RunningShop, startShop } from '../support/running-shop.js';
import { until } from '../support/until.js';
import { Visitor } from '../support/visitor.js';

describe('the status of a payment', () => {
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

  it('exists only for the browser that pays', async () => {
    const other = await shop.visitor();
    for (const suffix of ['', '/state', '/events']) {
      for (const stranger of [other, new Visitor(shop.url)]) {
        const response = await stranger.get(purchase.statusUrl + suffix);
        expect(response.status).toBe(404);
        expect(await response.text()).not.toContain(purchase.reference);
      }
      expect((await visitor.get(`/payments/${'x'.repeat(22)}${suffix}`)).status).toBe(404);
    }
  });

  it('shows a stranger with the link of the result the state and nothing else', async () => {
    await visitor.get(answerAtBank(shop, purchase, 'approve'));
    const path = `/payment/success?ref=${purchase.reference}`;
    expect(await visitor.read(path)).toContain('$14.50');
    const page = await new Visitor(shop.url).read(path);
    expect(page).toContain('Payment successful');
    expect(page).not.toMatch(/\$14\.50|House blend/);
  });

  it('is announced on the front page while it is pending, to its own browser', async () => {
    expect(await visitor.read('/')).toContain(purchase.statusUrl);
    expect(await (await shop.visitor()).read('/')).not.toContain('payment in progress');
    await visitor.get(answerAtBank(shop, purchase, 'approve'));
    expect(await visitor.read('/')).not.toContain('payment in progress');
  });

  it('says pending at once and the outcome as soon as it is known, then ends', async () => {
    const response = await visitor.get(`${purchase.statusUrl}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = readEvents(response);
    expect((await events.next()).value).toMatchObject({ status: 'pending' });
    const returned = await new Visitor(shop.url).get(answerAtBank(shop, purchase, 'approve'));
    expect(returned.status).toBe(303);
    expect((await events.next()).value).toMatchObject({
      status: 'succeeded',
      resultUrl: `/payment/success?ref=${purchase.reference}`,
    });
    expect((await events.next()).done).toBe(true);
  });

  it('learns the outcome from the gateway when the browser never comes back', async () => {
    const events = readEvents(await visitor.get(`${purchase.statusUrl}/events`));
    await events.next();
    shop.sandbox.completePayment(purchase.paymentId, 'decline');
    expect((await events.next()).value).toMatchObject({ status: 'failed' });
  });

  it('is asked for by one loop, however many pages follow it', async () => {
    const streams = await Promise.all(
      Array.from({ length: 10 }, () => visitor.get(`${purchase.statusUrl}/events`)),
    );
    const before = shop.sandbox.requests.count('GET /api/v1/payments/:id');
    const askedSince = () => shop.sandbox.requests.count('GET /api/v1/payments/:id') - before;
    await until(() => askedSince() > 0);
    await new Promise((resolve) => setTimeout(resolve, 4500));
    expect(askedSince()).toBeLessThanOrEqual(5);
    await Promise.all(streams.map((stream) => stream.body?.cancel()));
  });

  it('is no longer asked for when the last page has gone', async () => {
    const stream = await visitor.get(`${purchase.statusUrl}/events`);
    await stream.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = shop.sandbox.requests.list().length;
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(shop.sandbox.requests.list()).toHaveLength(before);
  });

  it('ends its streams when the shop stops', async () => {
    const events = readEvents(await visitor.get(`${purchase.statusUrl}/events`));
    await events.next();
    await shop.close();
    expect((await events.next()).done).toBe(true);
    shop = await startShop();
  });
});
