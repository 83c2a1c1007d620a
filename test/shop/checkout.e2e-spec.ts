import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cardTraces } from '../support/card-traces.js';
import { aCard, aCheckout, cards, record, startPurchase } from '../support/checkouts.js';
import { type RunningShop, startShop } from '../support/running-shop.js';
import { Visitor } from '../support/visitor.js';

describe('POST /checkout', () => {
  let shop: RunningShop;

  // Each case has its own shop: the rate limit counts the address they share.
  async function open(): Promise<Visitor> {
    shop = await startShop();
    return shop.visitor();
  }

  afterEach(async () => {
    await shop.close();
  });

  it('opens an order with the price of the catalogue and names the page of the bank', async () => {
    const visitor = await open();
    const response = await visitor.post(
      '/checkout',
      aCheckout({ product: 'tasting-box', currency: 'GBP' }),
    );
    expect(response.status).toBe(201);
    const body = record(await response.json());
    expect(body['statusUrl']).toBe(`/payments/${String(body['reference'])}`);
    expect(String(body['redirectUrl'])).toMatch(`${shop.sandbox.url}/3ds`);
    expect(String(body['reference'])).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(shop.sandbox.orders.list()).toMatchObject([{ amount: 2550, currency: 'GBP' }]);
  });

  it.each([
    ['amount', { amount: 1 }],
    ['price', { price: 1 }],
    ['order_id', { order_id: 'order_68c00b7btsthf' }],
    ['customerId', { customerId: 'cust_E602dMzgjpDC' }],
  ])('refuses a body that brings its own %s', async (_, extra) => {
    const visitor = await open();
    const response = await visitor.post('/checkout', aCheckout(extra));
    expect(response.status).toBe(422);
    expect(shop.sandbox.orders.list()).toEqual([]);
  });

  it.each([
    ['an unknown product', aCheckout({ product: 'gold-bar' }), 'product'],
    ['a list of products', aCheckout({ product: ['house-blend'] }), 'product'],
    ['an unknown currency', aCheckout({ currency: 'JPY' }), 'currency'],
    ['no card', aCheckout({ card: undefined }), 'card'],
    ['a list of cards', aCheckout({ card: [aCard()] }), 'card'],
    ['an empty list as card', aCheckout({ card: [] }), 'card'],
    ['a text as card', aCheckout({ card: '4111111111111111' }), 'card'],
    ['a number with letters', aCheckout({ card: aCard({ number: '4532x42222222222' }) }), 'number'],
    ['a number as JSON number', aCheckout({ card: aCard({ number: 4532442222222 }) }), 'number'],
    ['a short number', aCheckout({ card: aCard({ number: '45324422222' }) }), 'number'],
    ['month 13', aCheckout({ card: aCard({ expiryMonth: '13' }) }), 'expiryMonth'],
    ['a short year', aCheckout({ card: aCard({ expiryYear: '30' }) }), 'expiryYear'],
    ['a long security code', aCheckout({ card: aCard({ cvv: '12345' }) }), 'cvv'],
    ['no holder', aCheckout({ card: aCard({ holderName: '' }) }), 'holderName'],
    ['an empty list', [], 'form'],
    ['nothing', 'null', 'form'],
  ])('answers 422 to %s and opens nothing', async (_, body, field) => {
    const visitor = await open();
    const response = await visitor.post('/checkout', body);
    // A body that is no object is refused by the parser already.
    expect([400, 422]).toContain(response.status);
    const { errors } = record(await response.json());
    const expected = field === 'card' ? 'form' : field;
    expect(errors).toEqual([{ field: expected, message: expect.any(String) }]);
    expect(shop.sandbox.orders.list()).toEqual([]);
  });

  it('names every wrong field once', async () => {
    const visitor = await open();
    const response = await visitor.post(
      '/checkout',
      aCheckout({ card: aCard({ number: '', cvv: 'x', expiryMonth: '' }) }),
    );
    const { errors } = record(await response.json());
    expect(errors).toHaveLength(3);
    expect(errors).toEqual(
      expect.arrayContaining([
        { field: 'number', message: 'Enter the card number: 12 to 19 digits.' },
        { field: 'cvv', message: 'Enter the 3 or 4 digit security code.' },
        { field: 'expiryMonth', message: 'Enter the month as two digits, 01 to 12.' },
      ]),
    );
  });

  it('repeats neither values nor the names of unknown members', async () => {
    const visitor = await open();
    const bodies = [
      aCheckout({ '4532442222222222': '8317' }),
      aCheckout({ card: aCard({ '4532442222222222': 1 }) }),
      aCheckout({ card: aCard({ number: '4532442222222222x', cvv: '8317x' }) }),
    ];
    for (const body of bodies) {
      const response = await visitor.post('/checkout', body);
      expect(response.status).toBe(422);
      expect(cardTraces(await response.text())).toEqual([]);
    }
    expect(cardTraces(shop.log.text)).toEqual([]);
  });

  it.each([
    ['{"cvv":+8317,"n":4532442222222222}', 400],
    ['{"card":{"number":"4532442222222222","cvv":"8317"', 400],
    ['4532442222222222 8317', 400],
    ['{"number":4532442222222222,}', 400],
    [`{"a":"${'4532442222222222 8317 '.repeat(1000)}"}`, 413],
  ])('answers a body the parser refuses with a fixed text: %.30s', async (body, status) => {
    const visitor = await open();
    const response = await visitor.post('/checkout', body);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({ errors: [{ field: 'form', message: expect.any(String) }] });
    expect(cardTraces(text + shop.log.text)).toEqual([]);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('takes JSON only', async () => {
    const visitor = await open();
    const response = await visitor.post('/checkout', 'product=house-blend', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(response.status).toBe(422);
  });

  it('shows a card the gateway refuses beside the card number', async () => {
    const visitor = await open();
    const response = await visitor.post(
      '/checkout',
      aCheckout({ card: aCard({ number: '4000000000000002' }) }),
    );
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({
      errors: [{ field: 'number', message: expect.stringContaining('Nothing was charged') }],
    });
    expect(await visitor.read('/')).not.toContain('payment in progress');
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['the same host on another port', { origin: 'http://localhost:1' }],
    ['another site by its fetch metadata', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses a request from %s', async (_, headers) => {
    const visitor = await open();
    const response = await visitor.post('/checkout', aCheckout(), headers);
    expect(response.status).toBe(403);
    expect(shop.sandbox.requests.list()).toEqual([]);
  });

  it('gives a visitor without a session one, by a cookie scripts cannot read', async () => {
    await open();
    const response = await new Visitor(shop.url).post('/checkout', aCheckout());
    expect(response.status).toBe(201);
    expect(response.headers.get('set-cookie')).toMatch(
      /^shop_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('makes one customer, however many checkouts come at once', async () => {
    const visitor = await open();
    const before = shop.sandbox.customers.list().length;
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => visitor.post('/checkout', aCheckout())),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
    expect(shop.sandbox.customers.list()).toHaveLength(before + 1);
    expect(new Set(shop.sandbox.orders.list().map((order) => order.customer_id)).size).toBe(1);
  });

  it('leaves no card in its answers, its log or its database', async () => {
    const { readdir, readFile } = await import('node:fs/promises');
    const { join } = await import('node:path');
    const visitor = await open();
    const directory = String(shop.data.environment['DATA_DIR']);
    const { statusUrl } = await startPurchase(shop, visitor);
    shop.sandbox.faults.next('POST /api/v1/payments', 'reset-before-processing');
    await visitor.post('/checkout', aCheckout());
    const pages = await Promise.all(['/', statusUrl].map((path) => visitor.read(path)));
    const files = await Promise.all(
      (await readdir(directory)).map((name) => readFile(join(directory, name), 'latin1')),
    );
    expect(files.join('')).toContain(statusUrl.slice('/payments/'.length));
    const kept = [...files, ...pages, shop.log.text].join('\n').replaceAll(testCardPanel, '');
    expect(cardTraces(kept)).toEqual([]);
  });
});

/** The front page shows the gateway's test cards, the one used here among them. */
const testCardPanel = /<section class="panel test-cards"[\s\S]*?<\/section>/g;

describe('the rate limit of POST /checkout', () => {
  let shop: RunningShop;

  beforeAll(async () => {
    shop = await startShop();
  });

  afterAll(async () => {
    await shop.close();
  });

  it('lets ten checkouts a minute pass, then answers 429 with the seconds to wait', async () => {
    const responses: Response[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      // Another session each time: the address alone is enough.
      const visitor = await shop.visitor();
      responses.push(await visitor.post('/checkout', aCheckout()));
    }
    expect(responses.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 10 }, () => 201),
      429,
    ]);
    expect(Number(responses.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(shop.sandbox.payments.list()).toHaveLength(10);
  });
});

describe('failing attempts', () => {
  let shop: RunningShop;

  afterEach(async () => {
    await shop.close();
  });

  it('count double', async () => {
    shop = await startShop();
    const visitor = await shop.visitor();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const response = await visitor.post('/checkout', aCheckout({ product: 'gold-bar' }));
      statuses.push(response.status);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  });

  it('count double too when the bank declines later', async () => {
    shop = await startShop();
    const visitor = await shop.visitor();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const card = aCard({ number: cards.declinedAfterCheck });
      const response = await visitor.post('/checkout', aCheckout({ card }));
      statuses.push(response.status);
      const { statusUrl } = record(await response.json());
      const [payment] = shop.sandbox.payments.list();
      if (response.status === 201 && payment) {
        shop.sandbox.completePayment(payment.id, 'approve');
        await visitor.read(String(statusUrl));
      }
    }
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
  });
});
