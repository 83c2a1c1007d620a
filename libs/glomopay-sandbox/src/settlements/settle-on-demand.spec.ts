import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';

const client = useSandbox({ openingBalance: 0 });
const settle = (body: object) => client().post('/api/v1/settlements', body);
const balance = () => client().sandbox.balances.amountOf('USD');

describe('POST /settlements', () => {
  it('settles the payments that are named', async () => {
    const [one, two, other] = [await client().paid(), await client().paid(), await client().paid()];
    const { status, json } = await settle({ payment_ids: [one, two] });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      status: 'in_progress',
      amount: 1_940,
      currency: 'USD',
      utr: null,
    });
    const id = read(json, 'id');
    const { payments } = client().sandbox;
    expect([one, two, other].map((each) => payments.get(each)?.settlement_id)).toEqual([
      id,
      id,
      null,
    ]);
    expect(balance()).toBe(970);
    expect((await client().get(`/api/v1/settlements/${id}/transactions`)).json).toMatchObject({
      page_meta: { count: 2 },
    });
    await client().sandbox.clock.advance(60_000);
    expect((await client().get(`/api/v1/settlements/${id}`)).json).toMatchObject({
      status: 'success',
    });
  });

  it('settles an amount, which the balance must have', async () => {
    await client().paid();
    const over = await settle({ amount: 971, balance_currency: 'USD' });
    expect(over.json).toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
    expect(client().sandbox.settlements.list()).toEqual([]);
    const { json } = await settle({ amount: 970, balance_currency: 'USD' });
    expect(json).toMatchObject({ amount: 970, currency: 'USD', status: 'in_progress' });
    expect(balance()).toBe(0);
  });

  it.each([
    [
      'already settled',
      'some payments are already settled',
      async (id: string) => {
        await settle({ payment_ids: [id] });
        return [id];
      },
    ],
    [
      'not paid',
      'some payments are not available',
      async () => [(await client().payment()).paymentId],
    ],
    [
      'in two currencies',
      'payments are in several currencies',
      async (id: string) => [id, await client().paid({ currency: 'EUR' })],
    ],
  ])('settles none of payments that are %s', async (_, why, made) => {
    const payment_ids = await made(await client().paid());
    const before = client().sandbox.settlements.list().length;
    const { status, json } = await settle({ payment_ids });
    expect([status, json]).toEqual([
      422,
      { error: 'Unprocessable Entity', message: `Payments cannot be settled: ${why}` },
    ]);
    expect(client().sandbox.settlements.list()).toHaveLength(before);
  });

  it.each([
    ["Validation failed: Amount can't be blank, Balance currency can't be blank", {}],
    ["Validation failed: Balance currency can't be blank", { amount: 1 }],
    [
      'Validation failed: Amount must be greater than or equal to 1',
      { amount: 0, balance_currency: 'USD' },
    ],
    ['Amount must be an integer', { amount: '1', balance_currency: 'USD' }],
    ['Validation failed: currency is not a valid currency', { amount: 1, balance_currency: 'XXX' }],
    ["Validation failed: Payment ids can't be blank", { payment_ids: [] }],
    ['Validation failed: Payment ids are invalid', { payment_ids: ['order_1'] }],
    ['Validation failed: Payment ids are invalid', { payment_ids: ['payt_1', 'payt_1'] }],
    [
      'Validation failed: Amount and payment ids cannot both be present',
      { payment_ids: ['payt_1'], amount: 1 },
    ],
    ['Payment not found', { payment_ids: ['payt_none'] }],
    ['Validation failed: Request contains an unknown field', { payment_ids: ['payt_1'], x: 1 }],
  ])('is refused with "%s"', async (message, body) => {
    const { status, json } = await settle(body);
    expect([status, json]).toEqual([400, badRequest(message)]);
  });

  it('is used by one of two that ask at once', async () => {
    const id = await client().paid();
    const answers = await Promise.all([
      settle({ payment_ids: [id] }),
      settle({ payment_ids: [id] }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422]);
  });
});
