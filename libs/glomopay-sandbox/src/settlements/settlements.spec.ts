import { describe, expect, it } from '@jest/globals';
import { read, useSandbox } from '../../test/client.js';

const client = useSandbox({ openingBalance: 0 });

const settle = () => client().post('/api/v1/settlements/mock-trigger', undefined);
const told = () =>
  client()
    .sandbox.webhooks.events()
    .map(({ type }) => type)
    .filter((type) => type.startsWith('settlement.'))
    .toReversed();

describe('POST /settlements/mock-trigger', () => {
  it('settles what is usable, a currency each, and takes it from the balance', async () => {
    const payments = [
      await client().paid(),
      await client().paid(),
      await client().paid({ currency: 'EUR' }),
    ];
    const { status, json } = await settle();
    expect(status).toBe(200);
    expect(json).toMatchObject({
      data: [
        { amount: 1_940, currency: 'USD', status: 'in_progress', utr: null },
        { amount: 970, currency: 'EUR', status: 'in_progress', utr: null },
      ],
      page_meta: { count: 2, next: null },
    });
    const { sandbox } = client();
    expect(sandbox.balances.amountOf('USD')).toBe(0);
    expect(sandbox.payments.get(payments[0] ?? '')).toMatchObject({
      settlement_id: read(json, 'data', '0', 'id'),
    });
    expect((await settle()).json).toMatchObject({ data: [] });
  });

  it('has the bank answer after a minute', async () => {
    await client().paid();
    const id = read((await settle()).json, 'data', '0', 'id');
    await client().sandbox.clock.advance(60_000);
    expect((await client().get(`/api/v1/settlements/${id}`)).json).toMatchObject({
      status: 'success',
      utr: expect.stringMatching(/^UTR\d+$/),
    });
    expect(told()).toEqual(['settlement.in_progress', 'settlement.success']);
  });

  it('leaves held money, other currencies, and what a refund has taken', async () => {
    const { sandbox } = client();
    sandbox.account.screening = { card: true, transfer: false };
    await client().paid({ amount: 6_623 });
    await client().paid({ currency: 'AUD' });
    const early = await client().paid();
    const late = await client().paid();
    sandbox.balances.credit({ amount: 30, currency: 'USD' });
    await client().refund(late);
    await settle();
    expect(sandbox.settlements.list()).toMatchObject([{ amount: 970, currency: 'USD' }]);
    expect(sandbox.payments.get(early)?.settlement_id).toBe(sandbox.settlements.list()[0]?.id);
    expect(sandbox.payments.get(late)?.settlement_id).toBeNull();
    expect(sandbox.balances.amountOf('USD')).toBe(0);
  });

  it('is explained by its transactions', async () => {
    await client().post('/api/v1/prices', { pricing_type: 'percentage', bps: 100 });
    const payment = await client().paid();
    const id = read((await settle()).json, 'data', '0', 'id');
    const usd = (amount: number) => ({ amount, currency: 'USD' });
    expect((await client().get(`/api/v1/settlements/${id}/transactions`)).json).toMatchObject({
      data: [
        {
          id: expect.stringMatching(/^txn_/),
          source_id: payment,
          source_type: 'payment',
          credit: usd(1_000),
          debit: usd(10),
          fees: { fx_fee: usd(0), txn_fee: usd(30) },
          settled_amount: usd(960),
        },
      ],
      page_meta: { count: 1 },
    });
    expect((await client().get('/api/v1/settlements/setl_none/transactions')).status).toBe(404);
  });
});

describe('A sandbox of production', () => {
  const production = useSandbox({ environment: 'production' });

  it('settles nothing by a mock', async () => {
    const { status } = await production().post('/api/v1/settlements/mock-trigger', undefined);
    expect(status).toBe(404);
  });
});
