import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  isUsableQuote,
  PaymentLinksService,
  QuotesService,
  type CreateQuoteInput,
  type Quote,
} from 'nestjs-glomopay';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';

const POST = 'POST /api/v1/quotes';
const MINUTE_MS = 60_000;

let sandbox: GlomopaySandbox;
let library: OpenLibrary;
let quotes: QuotesService;

beforeEach(async () => {
  sandbox = await GlomopaySandbox.start();
  library = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
  quotes = library.module.get(QuotesService);
});
afterEach(async () => {
  await library.close();
  await sandbox.stop();
});

const aPayin: CreateQuoteInput = {
  resource: 'payin',
  sourceCurrency: 'AED',
  destinationCurrency: 'USD',
  destinationAmount: 10_000,
  paymentMethod: { type: 'bank_transfer', subtype: 'local_transfer' },
};

const aPayout: CreateQuoteInput = {
  resource: 'payout',
  sourceCurrency: 'USD',
  destinationCurrency: 'INR',
  sourceAmount: 10_000,
  paymentMethod: { type: 'bank_transfer', subtype: 'local_transfer' },
};

async function payinQuote(): Promise<Quote> {
  const [quote] = await quotes.create(aPayin);
  if (quote === undefined) throw new Error('There is no quote.');
  return quote;
}

const order = (quoteId: string, requestId?: string) =>
  library.orders.create({
    customerId: sandbox.demoCustomerId,
    quoteId,
    ...(requestId !== undefined && { requestId }),
  });

describe('quotes', () => {
  it('of a payin are one, with both amounts and until when', async () => {
    const made = await quotes.create(aPayin);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      resource: 'payin',
      method: { type: 'bank_transfer', subtype: 'local_transfer', paymentRail: null },
      sourceCurrency: 'AED',
      destinationCurrency: 'USD',
      destinationAmount: 10_000,
      fxRate: '0.266951',
      fees: { referralFee: null },
    });
    expect(made[0]?.sourceAmount).toBeGreaterThan(37_460);
  });

  it('of a payout are one for each rail, as the published sample reckons', async () => {
    sandbox.rates.set('USD', 'INR', 90);
    const made = await quotes.create(aPayout);
    expect(made.map(({ method }) => method?.paymentRail)).toEqual(['upi', 'imps', 'neft', 'rtgs']);
    expect(made[0]).toMatchObject({
      fxRate: '90',
      sourceAmount: 10_000,
      destinationAmount: 882_000,
      fees: {
        txnFee: { amount: 100, currency: 'USD' },
        fxFee: { amount: 100, currency: 'USD' },
      },
    });
    expect(new Set(made.map(({ id }) => id)).size).toBe(4);
  });

  it('of a payout leave out a rail that does not carry so much', async () => {
    const toAed = { ...aPayout, destinationCurrency: 'AED', sourceAmount: undefined } as const;
    const railsOf = async (destinationAmount: number) =>
      (await quotes.create({ ...toAed, destinationAmount } as CreateQuoteInput)).map(
        ({ method }) => method?.paymentRail,
      );
    expect(await railsOf(5_000_000)).toEqual(['ipp', 'fts']);
    expect(await railsOf(5_000_001)).toEqual(['fts']);
  });

  it('by a local transfer there are to currencies with local rails only', async () => {
    const thrown = await failureOf(quotes.create({ ...aPayout, destinationCurrency: 'SGD' }));
    expect(thrown).toMatchObject({
      outcome: 'rejected',
      gatewayMessage: 'local_transfer is not supported for SGD destination',
    });
  });

  it('are asked for again when an answer gets lost, because that does no harm', async () => {
    sandbox.faults.next(POST, 'drop-after-commit');
    expect(await quotes.create(aPayin)).toHaveLength(1);
    expect(sandbox.requests.count(POST)).toBe(2);
  });

  it.each<[string, object]>([
    ['sourceAmount', { sourceAmount: 1, destinationAmount: 1 }],
    ['sourceAmount', { destinationAmount: undefined }],
    ['sourceCurrency', { sourceCurrency: 'aed' }],
    ['paymentMethod.type', { paymentMethod: { type: 'card' } }],
    ['paymentMethod', { paymentMethod: undefined }],
    ['resource', { resource: 'order' }],
  ])('need %s to be right: %j', async (path, change) => {
    const thrown = await failureOf(quotes.create({ ...aPayin, ...change } as CreateQuoteInput));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      violations: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(sandbox.requests.count(POST)).toBe(0);
  });
});

describe('an order with a quote', () => {
  it('has its amount from there, and expires with it', async () => {
    const quote = await payinQuote();
    const { id, ...made } = await order(quote.id);
    expect(made).toMatchObject({
      amount: 10_000,
      currency: 'USD',
      paymentMethods: ['bank_transfer'],
      status: 'active',
    });
    expect(made.raw).not.toHaveProperty('quote');
    await sandbox.clock.advance(30 * MINUTE_MS);
    expect((await library.orders.get(id)).status).toBe('expired');
    expect(sandbox.webhooks.events().map(({ type }) => type)).toEqual(['orders.expired']);
  });

  it('of a quote that has expired is refused', async () => {
    const quote = await payinQuote();
    await sandbox.clock.advance(29 * MINUTE_MS);
    expect((await order(quote.id)).status).toBe('active');
    const late = await payinQuote();
    await sandbox.clock.advance(30 * MINUTE_MS);
    expect(await failureOf(order(late.id))).toMatchObject({
      outcome: 'rejected',
      gatewayMessage: 'quote_id has expired',
    });
  });

  it.each([
    ['quote_id not found', async () => 'quote_unknown'],
    ['quote_id is not a payin quote', async () => (await quotes.create(aPayout))[0]?.id ?? ''],
  ])('is refused: %s', async (gatewayMessage, idOf) => {
    expect(await failureOf(order(await idOf()))).toMatchObject({ gatewayMessage });
  });

  it('is refused a second time, and there is still one', async () => {
    const quote = await payinQuote();
    await order(quote.id);
    expect(await failureOf(order(quote.id))).toMatchObject({
      outcome: 'rejected',
      gatewayMessage: 'quote_id has already been used',
    });
    expect(sandbox.orders.list()).toHaveLength(1);
  });

  it('is given back for the same requestId, although its own quote is refused as used', async () => {
    const quote = await payinQuote();
    const first = await order(quote.id, 'order-1');
    expect(await order(quote.id, 'order-1')).toMatchObject({ id: first.id, replayed: true });
    expect(sandbox.orders.list()).toHaveLength(1);
  });

  it('whose answer got lost is found, although the repeat is refused as used', async () => {
    const quote = await payinQuote();
    sandbox.faults.next('POST /api/v1/orders', 'drop-after-commit');
    expect(await order(quote.id, 'order-1')).toMatchObject({ replayed: true, amount: 10_000 });
    expect(sandbox.orders.list()).toHaveLength(1);
  });

  it('leaves its quote usable when it was refused', async () => {
    const quote = await payinQuote();
    const thrown = await failureOf(
      library.orders.create({ customerId: 'cust_unknown', quoteId: quote.id }),
    );
    expect(thrown).toMatchObject({ gatewayMessage: 'Customer not found' });
    expect((await order(quote.id)).status).toBe('active');
  });
});

describe('a payment link with a quote', () => {
  it('expires with it, and a lost answer is found by its reference', async () => {
    const links = library.module.get(PaymentLinksService);
    const quote = await payinQuote();
    const customerId = sandbox.demoCustomerId;
    sandbox.faults.next('POST /api/v1/payin', 'drop-after-commit');
    const link = await links.create({ customerId, quoteId: quote.id, referenceNumber: 'R-1' });
    expect(link).toMatchObject({
      replayed: true,
      amount: 10_000,
      currency: 'USD',
      expiresAt: quote.expiresAt,
    });
    expect(await failureOf(order(quote.id))).toMatchObject({
      gatewayMessage: 'quote_id has already been used',
    });
    const later = new Date(sandbox.clock.now() + 3_600_000).toISOString();
    expect(await failureOf(links.update(link.id, { expiresAt: later }))).toMatchObject({
      outcome: 'rejected',
    });
    await sandbox.clock.advance(30 * MINUTE_MS);
    expect((await links.get(link.id)).status).toBe('expired');
  });
});

describe('isUsableQuote', () => {
  const quote = { expiresAt: '2026-06-12T08:16:50Z' };

  it.each([
    ['2026-06-12T08:16:20Z', undefined, true],
    ['2026-06-12T08:16:21Z', undefined, false],
    ['2026-06-12T08:16:49Z', 0, true],
    ['2026-06-12T08:16:50Z', 0, false],
    ['2026-06-12T08:16:50Z', -60_000, false],
    ['2026-06-12T08:00:00Z', 600_000, true],
  ])('at %s with a margin of %s is %s', (now, marginMs, usable) => {
    expect(isUsableQuote(quote, { now: new Date(now), marginMs })).toBe(usable);
  });

  it('is false for what cannot be read', () => {
    expect(isUsableQuote({ expiresAt: 'soon' })).toBe(false);
    expect(isUsableQuote(quote, { now: new Date(Number.NaN) })).toBe(false);
    expect(isUsableQuote(quote, { now: new Date(0), marginMs: Number.NaN })).toBe(false);
  });
});
