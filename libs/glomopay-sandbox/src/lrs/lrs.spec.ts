import { describe, expect, it } from '@jest/globals';
import { aResident, badRequest, read, useSandbox, type Answer } from '../../test/client.js';

const client = useSandbox({ account: { lrs: { banks: ['hdfc', 'fdrl'] } } });

const resident = async (change: object = {}): Promise<string> =>
  read((await client().post('/api/v1/customer', aResident(change))).json, 'id');

const quote = (change: object = {}): Promise<Answer> =>
  client().post('/api/v1/lrs/quotes', {
    bank_code: 'hdfc',
    source_amount: 4_400_000,
    source_currency: 'INR',
    target_currency: 'USD',
    ...change,
  });

const account = (customer: string, change: object = {}): Promise<Answer> =>
  client().post(`/api/v1/customer/${customer}/bank_account`, {
    bank_code: 'hdfc',
    account_number: '12345678901234',
    ...change,
  });

describe('LRS', () => {
  it.each([
    ['GET', '/api/v1/lrs/banks', undefined],
    ['POST', '/api/v1/lrs/quotes', {}],
    ['POST', '/api/v1/customer/cust_1/bank_account', {}],
  ])('is refused with 403 where no bank is enabled: %s %s', async (method, path, body) => {
    client().sandbox.account.lrs = { banks: [] };
    expect((await client().call(method, path, body)).status).toBe(403);
  });

  it('lists the banks that are enabled, without an envelope', async () => {
    expect((await client().get('/api/v1/lrs/banks')).json).toEqual([
      { bank_code: 'hdfc', bank_name: 'HDFC bank' },
      { bank_code: 'fdrl', bank_name: 'Federal bank' },
    ]);
  });

  it.each([{ banks: ['sbi'] }, { banks: 'hdfc' }, {}, null, { banks: [], more: 1 }])(
    'is not set to %j',
    (lrs) => {
      expect(() => Object.assign(client().sandbox.account, { lrs })).toThrow('account.lrs must be');
    },
  );
});

describe('An account of a customer under the LRS', () => {
  it('is added to those that there are', async () => {
    const customer = await resident();
    const made = await account(customer, { bank_customer_id: '77001' });
    expect([made.status, made.json]).toEqual([
      201,
      {
        id: expect.stringMatching(/^acclrs_/),
        bank_code: 'hdfc',
        account_number: '12345678901234',
        bank_customer_id: '77001',
      },
    ]);
    expect((await account(customer, { account_number: '1' })).status).toBe(201);
    expect((await account(customer, { bank_code: 'fdrl' })).status).toBe(201);
    expect(client().sandbox.lrsBankAccounts.list()).toHaveLength(3);
  });

  it('is refused the second time', async () => {
    const customer = await resident();
    await account(customer);
    expect((await account(customer)).json).toEqual(badRequest('Bank account already exists'));
    expect((await account(await resident())).status).toBe(201);
  });

  it('is refused with 400 for an unknown customer', async () => {
    const { status, json } = await account('cust_nobody');
    expect([status, json]).toEqual([400, badRequest('Customer does not exist')]);
  });

  it.each([
    ["Account number can't be blank", { account_number: undefined }],
    ['Account number must contain only digits', { account_number: '12a' }],
    ['Bank customer ID must contain only digits', { bank_customer_id: 'x' }],
    ["Bank code can't be blank", { bank_code: undefined }],
    ['Bank code HDFC is not a valid bank code', { bank_code: 'HDFC' }],
    ['Bank code sent is not a valid bank code', { bank_code: '4111111111111111' }],
    ['Bank code axis is not enabled for your business', { bank_code: 'axis' }],
  ])('is refused with "%s"', async (text, change) => {
    const { json } = await account(await resident(), change);
    expect(json).toEqual(badRequest(`Validation failed: ${text}`));
    expect(client().sandbox.lrsBankAccounts.list()).toEqual([]);
  });
});

describe('A quote under the LRS', () => {
  it('comes to what the published one does', async () => {
    client().sandbox.rates.set('USD', 'INR', 84.85);
    const { status, json } = await quote();
    expect(status).toBe(201);
    expect(json).toMatchObject({
      id: expect.stringMatching(/^quote_/),
      from: { amount: 4_400_000, currency: 'INR' },
      to: { amount: 51_763, currency: 'USD' },
      fx_rate: '84.85',
      bank_code: 'hdfc',
      total_tax: 7_906,
    });
  });

  it('takes a text of digits, and says what dollars cost', async () => {
    client().sandbox.rates.set('USD', 'INR', 80);
    const dollars = { source_currency: 'USD', target_currency: 'INR', source_amount: '1000' };
    expect((await quote(dollars)).json).toMatchObject({
      from: { amount: 1_000, currency: 'USD' },
      to: { amount: 80_144, currency: 'INR' },
      total_tax: 144,
      fx_rate: '80',
    });
    const payout = { ...dollars, resource: 'payout', bank_code: undefined };
    expect((await quote(payout)).json).toMatchObject({
      to: { amount: 79_856, currency: 'INR' },
      bank_code: null,
    });
  });

  it.each([
    ["Validation failed: Bank code can't be blank", { bank_code: undefined }],
    ['Validation failed: Source currency is not supported', { source_currency: 'EUR' }],
    [
      'Validation failed: source_currency and target_currency cannot be the same',
      { target_currency: 'INR' },
    ],
    ['Validation failed: Source amount must be an integer', { source_amount: 10.5 }],
    ['Validation failed: Source amount must be an integer', { source_amount: '1e3' }],
    ['Validation failed: Source amount must be an integer', { source_amount: '10.00' }],
    [
      'Amount 100.00 INR is below minimum limit. (Minimum limit is 10.00 USD)',
      { source_amount: 10_000 },
    ],
    [
      'Amount 5,000,000.00 INR exceeds maximum limit. (Maximum limit is 50,000.00 USD)',
      { source_amount: 500_000_000 },
    ],
    [
      'Validation failed: Bank code is not supported for payout quotes',
      { resource: 'payout', source_currency: 'USD', target_currency: 'INR' },
    ],
    [
      'Validation failed: payout quotes are only supported from USD to INR',
      { resource: 'payout', bank_code: undefined },
    ],
  ])('is refused with "%s" %j', async (text, change) => {
    const { status, json } = await quote(change);
    expect([status, json]).toEqual([400, badRequest(text)]);
    expect(client().sandbox.lrsQuotes.list()).toEqual([]);
  });
});
