import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';

const client = useSandbox({ account: { tpv: true } });

const swift = { account_number: '5550001234', bic_primary: 'HILLINBBXXX' };
const local = { account_number: '5550009999', bic_secondary: 'HILL0000001' };

const pathOf = (id = client().sandbox.demoCustomerId) => `/api/v1/customer/${id}/bank-accounts`;

describe('the bank account of a customer', () => {
  it('is none at first, and one after it was registered', async () => {
    expect((await client().get(pathOf())).json).toMatchObject({
      data: [],
      page_meta: { count: 0, pages: 0 },
    });
    const { status, json } = await client().post(pathOf(), swift);
    expect([status, json]).toEqual([
      201,
      { ...swift, id: expect.stringMatching(/^acc_/), bic_secondary: null },
    ]);
    expect((await client().get(pathOf())).json).toMatchObject({
      data: [json],
      page_meta: { count: 1 },
    });
  });

  it('is replaced by a new one, for that customer alone', async () => {
    const customers = client().sandbox.customers;
    const { json } = await client().post('/api/v1/customer', {
      name: 'Asha Rao',
      customer_type: 'individual',
      email: 'asha@example.com',
      address: '1 Quay',
      city: 'Porto',
      state: 'Porto',
      country: 'PRT',
    });
    const other = read(json, 'id');
    await client().post(pathOf(other), swift);
    const first = read((await client().post(pathOf(), swift)).json, 'id');
    const second = (await client().post(pathOf(), local)).json;
    expect(read(second, 'id')).not.toBe(first);
    const { data } = (await client().get(pathOf())).json as { data: unknown[] };
    expect(data).toEqual([second]);
    expect((await client().get(pathOf(other))).json).toMatchObject({ data: [swift] });
    expect(JSON.stringify(customers.list())).not.toContain('555000');
  });

  it.each([
    ["Account number can't be blank", { ...swift, account_number: undefined }],
    ['Account number is invalid', { ...swift, account_number: 5550001234 }],
    ["Bic primary or bic secondary can't be blank", { account_number: '5550001234' }],
    ['Bic primary is invalid', { ...swift, bic_primary: 7 }],
    ['Request contains an unknown field', { ...swift, bank_code: 'hdfc' }],
  ])('is refused with "%s", and the one before stays', async (problem, body) => {
    await client().post(pathOf(), local);
    const { status, json } = await client().post(pathOf(), body);
    expect([status, json]).toEqual([400, badRequest(`Validation failed: ${problem}`)]);
    expect((await client().get(pathOf())).json).toMatchObject({ data: [local] });
  });

  it.each(['cust_E602dMzgjpDC', 'order_68c00b7btsthf'])('is not that of %s', async (id) => {
    const status = id.startsWith('cust') ? 404 : 400;
    expect((await client().post(pathOf(id), swift)).status).toBe(status);
    expect((await client().get(pathOf(id))).status).toBe(status);
  });

  it('is forbidden while the account does not verify payers', async () => {
    client().sandbox.account.tpv = false;
    const answer = await client().post(pathOf(), swift);
    expect([answer.status, (await client().get(pathOf())).status]).toEqual([403, 403]);
    expect(answer.json).toEqual({
      error: 'Forbidden',
      message: 'TPV is not enabled for your account',
    });
  });

  it('is in no log of what arrived, nor on the page', async () => {
    await client().post(pathOf(), swift);
    const seen = [
      JSON.stringify(client().sandbox.requests),
      (await client().get('/_sandbox/state', { key: null })).text,
      (await client().get('/', { key: null })).text,
    ].join();
    expect(seen).not.toContain(swift.account_number);
  });
});
