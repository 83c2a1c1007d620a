import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CustomersService,
  GlomopayAccountUnavailableError,
  GlomopayAccountUnknownError,
  GlomopayConfigurationError,
  OrdersService,
  PaymentTracker,
  WebhookInbox,
} from 'nestjs-glomopay';
import { platforms } from '../support/nest-host.js';
import { until } from '../support/until.js';
import {
  aMerchantShop,
  callback,
  deliver,
  type MerchantShop,
  optionsOf,
  pay,
  TEST_EVENT,
} from './merchant-shop.js';

describe.each(platforms)('Merchants made at run time on %s', (platform) => {
  let shop: MerchantShop;
  beforeEach(async () => {
    shop = await aMerchantShop(platform);
  });
  afterEach(() => shop.close());

  const statusOf = async (at: string) => (await fetch(`${shop.url}${at}`)).status;
  const route = (name: string) => `${shop.url}/webhooks/glomopay/${name}`;

  it('makes an account at its first use, and none before', async () => {
    expect(shop.merchants.asked).toEqual([]);
    expect(shop.accounts.openNames()).toEqual([]);
    const customers = await shop.accounts.load('shop-a', CustomersService);
    await customers.list();
    expect(await shop.accounts.load('shop-a', CustomersService)).toBe(customers);
    expect(shop.merchants.asked).toEqual(['shop-a']);
    expect(shop.accounts.openNames()).toEqual(['shop-a']);
    expect(shop.accounts.names()).toEqual([]);
  });

  it('brings each merchant its outcome once, through the one route', async () => {
    const { a, b } = shop.sandboxes;
    await pay(shop, 'shop-a', a, 'same');
    await pay(shop, 'shop-b', b, 'same');
    await a.webhooks.settled();
    await b.webhooks.settled();
    await until(() => shop.ledger.outcomes.length === 2);
    expect(shop.ledger.outcomes.toSorted()).toEqual([
      'shop-a same succeeded',
      'shop-b same succeeded',
    ]);
    expect(shop.ledger.ofShopA).toEqual(['same']);
    for (const name of ['shop-a', 'shop-b']) {
      const inbox = await shop.accounts.load(name, WebhookInbox);
      await until(async () => (await inbox.counts()).open === 0);
      expect((await inbox.counts()).failed).toBe(0);
    }
    expect(shop.ledger.outcomes).toHaveLength(2);
  });

  it('makes an account for a webhook, and takes none of another account', async () => {
    const { a, b } = shop.sandboxes;
    expect((await deliver(route('shop-a'), a.webhookSecret)).status).toBe(200);
    expect((await deliver(route('shop-a'), b.webhookSecret)).status).toBe(401);
    await until(() => shop.ledger.heard.length === 1);
    const again = await deliver(`${route('shop-a')}/?x=1`, a.webhookSecret);
    expect([again.status, await again.json()]).toEqual([200, { message: 'known already' }]);
  });

  it('answers a stranger the same for an account that is there and one that is not', async () => {
    const answerTo = async (name: string, secret: string, body?: string) => {
      const answer = await deliver(route(name), secret, body);
      return [answer.status, await answer.text()];
    };
    const known = await answerTo('shop-a', 'made-up');
    expect(known[0]).toBe(401);
    expect(await answerTo('shop-z', 'made-up')).toEqual(known);
    expect(await answerTo('__proto__', shop.sandboxes.a.webhookSecret)).toEqual(known);
    expect(await answerTo('default', shop.sandboxes.a.webhookSecret)).toEqual(known);
    const unsigned = async (name: string) =>
      (await fetch(route(name), { method: 'POST', body: TEST_EVENT })).status;
    expect([await unsigned('shop-a'), await unsigned('shop-z')]).toEqual([400, 400]);
  });

  it('asks no source for what nobody can have signed, and answers it as for an open account', async () => {
    const send = async (name: string, headers: Record<string, string>, body = TEST_EVENT) => {
      const answer = await fetch(route(name), { method: 'POST', body, headers });
      return [answer.status, await answer.text()];
    };
    const odd = [
      {},
      { 'x-glomopay-signature': '' },
      { 'x-glomopay-signature': 'F'.repeat(64) },
      { 'x-glomopay-signature': 'f'.repeat(63) },
    ];
    const closed = [];
    for (const headers of odd) closed.push(await send('shop-a', headers));
    closed.push(
      await send('shop-a', { 'x-glomopay-signature': 'f'.repeat(64) }, 'x'.repeat(3_000_000)),
    );
    for (let n = 0; n < 50; n += 1) await send(`scanned-${n}`, {});
    expect(shop.merchants.asked).toEqual([]);
    expect(closed.map(([status]) => status)).toEqual([400, 400, 401, 401, 413]);
    await shop.accounts.load('shop-a', OrdersService);
    const opened = [];
    for (const headers of odd) opened.push(await send('shop-a', headers));
    opened.push(
      await send('shop-a', { 'x-glomopay-signature': 'f'.repeat(64) }, 'x'.repeat(3_000_000)),
    );
    expect(opened).toEqual(closed);
    expect((await deliver(route('shop-a'), shop.sandboxes.a.webhookSecret)).status).toBe(200);
  });

  it('verifies callbacks and webhooks of guarded routes under the account of the request', async () => {
    const { a, b } = shop.sandboxes;
    expect(await statusOf(`/shop-a/return${callback(a.secretKey)}`)).toBe(200);
    expect(await statusOf(`/shop-a/return${callback(b.secretKey)}`)).toBe(401);
    expect(await statusOf(`/fixed/shop-b${callback(b.secretKey)}`)).toBe(200);
    expect(await statusOf(`/fixed/shop-b${callback(a.secretKey)}`)).toBe(401);
    const hook = (name: string, secret: string) => deliver(`${shop.url}/${name}/hook`, secret);
    expect((await hook('shop-b', b.webhookSecret)).status).toBe(200);
    expect((await hook('shop-b', a.webhookSecret)).status).toBe(401);
    expect((await hook('shop-z', a.webhookSecret)).status).toBe(400);
  });

  it('refuses names that are nobody’s before anybody is asked', async () => {
    const long = 'x'.repeat(10_000);
    const names = ['__proto__', 'default', 'SHÖP', '%00', 'a%2Fb', '-a', '..', `a${long}`];
    for (const name of names) {
      const status = await statusOf(`/${name}/return${callback(shop.sandboxes.a.secretKey)}`);
      expect([400, 404, 414]).toContain(status);
      await deliver(route(name), 'made-up');
    }
    for (const name of ['__proto__', 'default', '', long, 'a/b', 'é', ' shop-a']) {
      await expect(shop.accounts.load(name, OrdersService)).rejects.toThrow(
        GlomopayAccountUnknownError,
      );
    }
    expect(shop.merchants.asked).toEqual([]);
    // Well-formed, so it is looked for; but it is no row.
    expect(await statusOf(`/constructor/return${callback('k')}`)).toBe(400);
    expect(shop.merchants.asked).toEqual(['constructor']);
  });

  it('answers 404 where a request asks for a tenant that nobody knows, and repeats nothing', async () => {
    expect(await statusOf('/shop-a/orders')).toBe(200);
    for (const name of ['shop-z', '__proto__', 'constructor', 'default', '%00', 'x'.repeat(100)]) {
      const answer = await fetch(`${shop.url}/${name}/orders`);
      expect([name, answer.status, await answer.json()]).toEqual([
        name,
        404,
        {
          statusCode: 404,
          error: 'Not Found',
          code: 'GLOMOPAY_ACCOUNT_UNKNOWN',
          outcome: 'not_sent',
          message: 'There is no such merchant account. Nothing was charged.',
        },
      ]);
    }
    // Nobody has to mend the application for what a client has made up.
    expect(shop.host.log.text).not.toContain('GLOMOPAY_');
    // While the source fails nobody knows whether there is such an account.
    shop.merchants.instead = () => Promise.reject(new Error('down'));
    expect(await statusOf('/shop-y/orders')).toBe(503);
  });

  it('does not ask twice about a name that nobody has', async () => {
    for (let n = 0; n < 5; n += 1) {
      await deliver(route('shop-z'), 'made-up');
      await statusOf(`/shop-z/return${callback('made-up')}`);
    }
    expect(shop.merchants.asked).toEqual(['shop-z']);
  });

  it('registers an account, serves it at once, and refuses it after it was taken back', async () => {
    const { a } = shop.sandboxes;
    await shop.accounts.register({ name: 'shop-c', ...optionsOf(a) });
    expect(shop.accounts.names()).toEqual(['shop-c']);
    const orders = shop.accounts.get('shop-c', OrdersService);
    await pay(shop, 'shop-c', a, 'one');
    a.webhooks.endpoints = [route('shop-c')];
    await a.webhooks.sendTest();
    await until(() => shop.ledger.heard.length === 1);
    expect(await statusOf(`/shop-c/return${callback(a.secretKey)}`)).toBe(200);
    const tracker = shop.accounts.get('shop-c', PaymentTracker);
    await tracker.check('one');
    expect(shop.ledger.outcomes).toEqual(['shop-c one succeeded']);

    expect(await shop.accounts.unregister('shop-c')).toBe(true);
    expect(await shop.accounts.unregister('shop-c')).toBe(false);
    expect((await deliver(route('shop-c'), a.webhookSecret)).status).toBe(401);
    expect(await statusOf(`/shop-c/return${callback(a.secretKey)}`)).toBe(400);
    expect(() => shop.accounts.get('shop-c', OrdersService)).toThrow(GlomopayConfigurationError);
    await expect(orders.list()).rejects.toThrow(GlomopayAccountUnavailableError);

    await shop.accounts.register({ name: 'shop-c', ...optionsOf(a) });
    expect(await statusOf(`/shop-c/return${callback(a.secretKey)}`)).toBe(200);
  });

  it('names what is wrong with a registration and no value', async () => {
    const register = (registration: object) =>
      shop.accounts.register(registration as never).then(
        () => '',
        (thrown: unknown) => String(thrown),
      );
    expect(await register({ name: 'shop-c', secretKey: 'test_c4n4ry', timeoutMs: 0 })).toMatch(
      /secretKey.*timeoutMs/s,
    );
    expect(await register({ name: 'shop-c', secretKey: 'test_c4n4ry' })).not.toContain('c4n4ry');
    expect(await register({ name: 'no name', ...optionsOf(shop.sandboxes.a) })).toContain('name');
    expect(await register({ name: 'default', ...optionsOf(shop.sandboxes.a) })).toContain('name');
    expect(shop.accounts.names()).toEqual([]);
    expect(await register({ name: 'shop-c', ...optionsOf(shop.sandboxes.a) })).toBe('');
    expect(await register({ name: 'shop-c', ...optionsOf(shop.sandboxes.a) })).toContain(
      'registered already',
    );
  });

  it('takes new keys when they have changed at the source', async () => {
    const { a, b } = shop.sandboxes;
    expect(await statusOf(`/shop-a/return${callback(a.secretKey)}`)).toBe(200);
    shop.merchants.rows.set('shop-a', optionsOf(b));
    await shop.accounts.invalidate('shop-a');
    expect(await statusOf(`/shop-a/return${callback(a.secretKey)}`)).toBe(401);
    expect(await statusOf(`/shop-a/return${callback(b.secretKey)}`)).toBe(200);
    shop.merchants.rows.delete('shop-a');
    await shop.accounts.invalidate('shop-a');
    expect(await statusOf(`/shop-a/return${callback(b.secretKey)}`)).toBe(400);
  });

  it('answers 503 while the source fails, and serves when it is back', async () => {
    const { a } = shop.sandboxes;
    shop.merchants.instead = () => Promise.reject(new Error('select c4n4ry from keys'));
    const answer = await deliver(route('shop-a'), a.webhookSecret);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    expect(await statusOf(`/shop-a/return${callback(a.secretKey)}`)).toBe(503);
    const failure = await shop.accounts.load('shop-a', OrdersService).catch(String);
    expect(failure).toContain('GlomopayAccountUnavailableError');
    expect(shop.host.log.text).toContain('the source of merchant accounts cannot be used');
    expect(`${failure}${shop.host.log.text}`).not.toContain('c4n4ry');
    shop.merchants.instead = undefined;
    await until(async () => (await deliver(route('shop-a'), a.webhookSecret)).status === 200);
  });
});
