import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';
import { Rates } from '../money/rates.js';
import { convertedFrom, convertedTo } from './conversion.js';

const client = useSandbox({ openingBalance: 0 });
const pair = { source_currency: 'USD', target_currency: 'EUR' };
const convert = (body: object) => client().post('/api/v1/balance_conversions', body);

describe('POST /balance_conversions', () => {
  it.each([
    [
      { ...pair, source_amount: 1, target_amount: 1 },
      'You can only send source_amount or target_amount, not both.',
    ],
    [pair, "Validation failed: Source amount can't be blank"],
    [{ ...pair, source_amount: '1' }, 'Source amount must be an integer'],
    [
      { source_currency: 'USD', target_currency: 'USD', source_amount: 1 },
      'Validation failed: Target currency must differ from source currency',
    ],
    [{ ...pair, target_currency: 'XTS', source_amount: 1 }, 'Currency pair is not supported'],
    [{ ...pair, source_amount: 1 }, 'No available options for this amount'],
  ])('is refused with %j', async (body, message) => {
    client().sandbox.balances.credit({ amount: 100, currency: 'USD' });
    const { status, json } = await convert(body);
    expect([status, json]).toEqual([400, badRequest(message)]);
    expect(client().sandbox.balances.amountOf('USD')).toBe(100);
  });

  it('is refused more than there is', async () => {
    const { json } = await convert({ ...pair, source_amount: 100 });
    expect(json).toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
  });

  it('is listed by what it took and what it made', async () => {
    client().sandbox.balances.credit({ amount: 500, currency: 'USD' });
    for (const target_currency of ['EUR', 'GBP']) {
      await convert({ ...pair, target_currency, source_amount: 100 });
    }
    const listed = async (query: string) =>
      (await client().get(`/api/v1/balance_conversions?${query}`)).json;
    expect(await listed('source_currency=USD')).toMatchObject({ page_meta: { count: 2 } });
    expect(await listed('source_currency=EUR')).toMatchObject({ page_meta: { count: 0 } });
    expect(await listed('target_currency=EUR')).toMatchObject({
      data: [{ to: { currency: 'EUR' } }],
      page_meta: { count: 1 },
    });
  });

  it('cannot be fetched by itself', async () => {
    client().sandbox.balances.credit({ amount: 100, currency: 'USD' });
    const { json } = await convert({ ...pair, source_amount: 100 });
    const path = `/api/v1/balance_conversions/${read(json, 'id')}`;
    expect((await client().get(path)).status).toBe(404);
  });
});

describe('a conversion', () => {
  const rates = new Rates();

  it('comes to what the published sample does', () => {
    const published = new Rates();
    published.set('USD', 'EUR', 0.93);
    expect(convertedFrom({ amount: 1000, currency: 'USD' }, 'EUR', published)).toEqual({
      from: { amount: 1000, currency: 'USD' },
      to: { amount: 920, currency: 'EUR' },
      fees: { amount: 10, currency: 'USD' },
      mid_market_rate: { currency: 'EUR', rate: 0.93 },
    });
  });

  it('takes the least that makes the amount that is wanted', () => {
    for (const [source, target] of [
      ['USD', 'EUR'],
      ['USD', 'INR'],
      ['INR', 'USD'],
    ] as const) {
      for (let amount = 1; amount < 400; amount += 7) {
        const found = convertedTo({ amount, currency: target }, source, rates);
        const taken = found?.from.amount ?? 0;
        const of = (units: number) =>
          convertedFrom({ amount: units, currency: source }, target, rates)?.to.amount ?? 0;
        expect(found?.to).toEqual({ amount, currency: target });
        expect(of(taken)).toBeGreaterThanOrEqual(amount);
        if (taken > 1) expect(of(taken - 1)).toBeLessThan(amount);
      }
    }
  });

  it('is none beyond safe integers', () => {
    const most = { amount: Number.MAX_SAFE_INTEGER, currency: 'USD' };
    expect(convertedFrom(most, 'INR', rates)).toBeUndefined();
    expect(convertedTo(most, 'INR', rates)).toBeUndefined();
  });
});

describe('/_sandbox/', () => {
  it('gives money, and starts a top-up, which the API does not list', async () => {
    const credited = await client().post('/_sandbox/balances/credit', {
      amount: 5,
      currency: 'GBP',
    });
    expect(credited.json).toEqual({ amount: 5, currency: 'GBP' });
    const { status, json } = await client().post('/_sandbox/top-ups', {
      amount: 5,
      currency: 'GBP',
    });
    expect(status).toBe(201);
    const id = read(json, 'id');
    expect(client().sandbox.topUps.get(id)).toEqual(json);
    expect((await client().get(`/api/v1/payin/${id}`)).status).not.toBe(200);
    expect((await client().get('/_sandbox/state')).json).toMatchObject({ topUps: [{ id }] });
  });

  it.each([{ amount: 0, currency: 'GBP' }, { amount: 5 }, { amount: 5, currency: 'INR' }])(
    'starts no top-up of %j',
    async (money) => {
      expect((await client().post('/_sandbox/top-ups', money)).status).toBe(400);
      expect(() => Reflect.apply(client().sandbox.startTopUp, client().sandbox, [money])).toThrow(
        TypeError,
      );
    },
  );
});
