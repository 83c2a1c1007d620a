import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { BalancesService, type ConvertBalanceInput } from 'nestjs-glomopay';
import { aPageBody } from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder } from '../support/library/recorder.js';

let library: OpenLibrary;
afterEach(() => library.close());

async function balancesAt(url: string, secretKey?: string): Promise<BalancesService> {
  const options = secretKey === undefined ? {} : { secretKey };
  library = await openLibrary(url, { options });
  return library.module.get(BalancesService);
}

describe('BalancesService, against the sandbox,', () => {
  let sandbox: GlomopaySandbox;
  let balances: BalancesService;
  beforeEach(async () => {
    sandbox = await GlomopaySandbox.start({ openingBalance: 0 });
    sandbox.balances.credit({ amount: 10_000, currency: 'USD' });
    balances = await balancesAt(sandbox.url, sandbox.secretKey);
  });
  afterEach(() => sandbox.stop());

  const usd = { sourceCurrency: 'USD', targetCurrency: 'EUR' };

  it('gives what there is of every currency', async () => {
    sandbox.balances.credit({ amount: 7, currency: 'GBP' }, 'pending');
    const { available, pending, fundedBalances } = await balances.get();
    expect(available).toContainEqual({ amount: 10_000, currency: 'USD' });
    expect(available).toContainEqual({ amount: 0, currency: 'EUR' });
    expect(pending).toContainEqual({ amount: 7, currency: 'GBP' });
    expect(fundedBalances).toBeNull();
  });

  it('gives the Funded Balance where there is one', async () => {
    sandbox.account.fundedBalance = true;
    sandbox.balances.credit({ amount: 5, currency: 'SGD' }, 'funded');
    const { fundedBalances } = await balances.get();
    expect(fundedBalances).toContainEqual({ amount: 5, currency: 'SGD' });
  });

  it('converts so much of one currency, as in the published sample', async () => {
    sandbox.rates.set('USD', 'EUR', 0.93);
    await expect(balances.convert({ ...usd, sourceAmount: 1000 })).resolves.toMatchObject({
      id: expect.stringMatching(/^conv_/),
      status: 'success',
      from: { amount: 1000, currency: 'USD' },
      to: { amount: 920, currency: 'EUR' },
      fees: { amount: 10, currency: 'USD' },
      midMarketRate: { currency: 'EUR', rate: '0.93' },
    });
    expect(sandbox.balances.amountOf('USD')).toBe(9000);
    expect(sandbox.balances.amountOf('EUR')).toBe(920);
  });

  it('converts as much as makes so much of the other', async () => {
    const { from, to } = await balances.convert({ ...usd, targetAmount: 920 });
    expect(to).toEqual({ amount: 920, currency: 'EUR' });
    expect(sandbox.balances.amountOf('USD')).toBe(10_000 - from.amount);
    expect(sandbox.balances.amountOf('EUR')).toBe(920);
  });

  it('is refused more than there is, and nothing moves', async () => {
    const failure = await failureOf(balances.convert({ ...usd, sourceAmount: 10_001 }));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_API',
      outcome: 'rejected',
      status: 400,
      gatewayCode: 'INSUFFICIENT_BALANCE',
    });
    expect(sandbox.balances.amountOf('USD')).toBe(10_000);
    expect(sandbox.conversions.list()).toEqual([]);
  });

  it('lists conversions by their currencies, page by page', async () => {
    await balances.convert({ ...usd, sourceAmount: 100 });
    await balances.convert({ sourceCurrency: 'USD', targetCurrency: 'GBP', sourceAmount: 100 });
    const { data } = await balances.listConversions({ targetCurrency: 'GBP' });
    expect(data.map(({ to }) => to.currency)).toEqual(['GBP']);
    const all: string[] = [];
    for await (const { to } of balances.listAllConversions({ perPage: 1 })) all.push(to.currency);
    expect(all).toEqual(['GBP', 'EUR']);
  });

  it('does not convert again when the answer got lost, and says how to find it', async () => {
    sandbox.faults.next('POST /api/v1/balance_conversions', 'drop-after-commit');
    const failure = await failureOf(balances.convert({ ...usd, sourceAmount: 1000 }));
    expect(failure).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      outcome: 'unknown',
      attempts: 1,
    });
    expect(sandbox.conversions.list()).toHaveLength(1);
    expect(sandbox.balances.amountOf('USD')).toBe(9000);
    const [, after] = /`after: ([^`]+)`/.exec(failure.message) ?? [];
    const { data } = await balances.listConversions({ after });
    expect(data.map(({ from }) => from.amount)).toEqual([1000]);
  });
});

describe('BalancesService', () => {
  let gateway: Recorder;
  let balances: BalancesService;
  beforeAll(async () => {
    gateway = await Recorder.start();
  });
  beforeEach(async () => {
    gateway.reset();
    balances = await balancesAt(gateway.url);
  });
  afterAll(() => gateway.stop());

  const pair = { sourceCurrency: 'USD', targetCurrency: 'EUR' };

  it.each<object>([
    { ...pair },
    { ...pair, sourceAmount: 1, targetAmount: 1 },
    { ...pair, sourceAmount: 0 },
    { ...pair, sourceAmount: 1.5 },
    { ...pair, targetAmount: '100' },
    { ...pair, sourceAmount: NaN },
    { ...pair, sourceCurrency: 'usd', sourceAmount: 1 },
    { sourceCurrency: 'KWD', targetCurrency: 'USD', sourceAmount: 1001 },
    { targetCurrency: 'USD', sourceAmount: 1 },
    { ...pair, sourceAmount: 1, requestId: 'r-1' },
  ])('sends nothing for %j', async (input) => {
    const failure = await failureOf(balances.convert(input as ConvertBalanceInput));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
    expect(gateway.requests).toEqual([]);
  });

  const available = [{ amount: 1, currency: 'USD' }];
  it.each<[string, object]>([
    ['an amount as a text', { available: [{ amount: '1', currency: 'USD' }], pending: [] }],
    ['an amount with a fraction', { available: [{ amount: 1.5, currency: 'USD' }], pending: [] }],
    ['an amount without a currency', { available, pending: [{ amount: 1 }] }],
    ['no list', { available: { amount: 1, currency: 'USD' }, pending: [] }],
    ['nothing', { pending: [] }],
  ])('believes no balances with %s', async (_, body) => {
    gateway.always({ body });
    const failure = await failureOf(balances.get());
    expect(failure).toMatchObject({ code: 'GLOMOPAY_RESPONSE_MALFORMED' });
  });

  const conversion = {
    id: 'conv_1',
    status: 'failed',
    from: { amount: 1000, currency: 'USD' },
    to: { amount: 920, currency: 'EUR' },
  };

  it('gives a failed conversion as an answer, and what decides nothing as null', async () => {
    gateway.always({ status: 201, body: { ...conversion, mid_market_rate: { rate: 'x' } } });
    await expect(balances.convert({ ...pair, sourceAmount: 1000 })).resolves.toMatchObject({
      status: 'failed',
      fees: null,
      midMarketRate: { currency: null, rate: null },
    });
  });

  it.each(['id', 'status', 'from', 'to'])('calls a conversion without %s unknown', async (name) => {
    gateway.always({ status: 201, body: { ...conversion, [name]: undefined } });
    const failure = await failureOf(balances.convert({ ...pair, sourceAmount: 1000 }));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    expect(gateway.calls()).toEqual(['POST /api/v1/balance_conversions']);
  });

  it('lists the others when one cannot be read', async () => {
    gateway.always({ body: aPageBody([{ ...conversion, to: null }, conversion]) });
    const { data, unreadable } = await balances.listConversions();
    expect(data.map(({ id }) => id)).toEqual(['conv_1']);
    expect(unreadable).toHaveLength(1);
  });
});
