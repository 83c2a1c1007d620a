import { describe, expect, it } from '@jest/globals';
import { aPayee, payoutsOf, swiftPayee } from '../../test/payouts.js';
import { badRequest, read, useSandbox } from '../../test/client.js';

const client = useSandbox({ openingBalance: 10_000 });
const PATH = '/api/v1/payouts';
const { create, get, mock, told } = payoutsOf(client);

describe('POST /payouts', () => {
  it('takes the money, and answers the whole object, as get and list do', async () => {
    const payee = await aPayee(client());
    const { status, json } = await create(payee, {
      request_id: 'r-1',
      invoice_number: 'INV-1',
      documents: ['doc_1'],
      notes: { batch: '7' },
    });
    expect(status).toBe(201);
    expect(json).toEqual({
      id: expect.stringMatching(/^payout_/),
      status: 'in_progress',
      destination_amount: 86_240,
      destination_currency: 'INR',
      source_amount: 1_000,
      source_currency: 'USD',
      beneficiary_id: payee,
      documents: [{ id: 'doc_1', type: 'invoice', status: 'uploaded', rfi_doc_id: null }],
      purpose_code: 'S0802',
      mid_market_rate: { currency: 'INR', rate: 88 },
      fees: {
        fx_fee: { amount: 10, currency: 'USD' },
        txn_fee: { amount: 10, currency: 'USD' },
      },
      utr: null,
      request_id: 'r-1',
      payment_rail: 'neft',
      invoice_number: 'INV-1',
      fee_collection_mode: 'merchant',
      error_code: null,
      error_description: null,
      customer_error_description: null,
      quote_id: null,
      taxes: [],
      notes: { batch: '7' },
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect((await get(read(json, 'id'))).json).toEqual(json);
    expect((await client().get(PATH)).json).toMatchObject({ data: [json] });
    expect(client().sandbox.balances.amountOf('USD')).toBe(9_000);
    expect(told()).toEqual(['payout.in_progress']);
  });

  it('is by swift without a rail, at the rate 1 within a currency', async () => {
    const { json } = await create(await swiftPayee(client()), {
      payment_rail: undefined,
      destination_currency: 'USD',
      source_amount: undefined,
      destination_amount: 990,
    });
    expect(json).toMatchObject({
      payment_rail: 'swift',
      source_amount: 1_000,
      destination_amount: 990,
      mid_market_rate: { currency: 'USD', rate: 1 },
      fees: { fx_fee: { amount: 0 }, txn_fee: { amount: 10 } },
    });
  });

  it.each([
    ["Validation failed: Beneficiary id can't be blank", { beneficiary_id: undefined }],
    ['Validation failed: Beneficiary id is invalid', { beneficiary_id: 'cust_1' }],
    ["Validation failed: Purpose code can't be blank", { purpose_code: undefined }],
    ['Validation failed: Purpose code is not included in the list', { purpose_code: 'P1401' }],
    ['Validation failed: Purpose code is not included in the list', { purpose_code: 's0802' }],
    ['Validation failed: Source currency is not supported', { source_currency: 'INR' }],
    ['Validation failed: Source amount must be greater than or equal to 1', { source_amount: 0 }],
    ['Validation failed: Source amount must be greater than or equal to 1', { source_amount: -5 }],
    ['Validation failed: Source amount is too large', { source_amount: 1e16 }],
    ['Source amount must be an integer', { source_amount: '1000' }],
    ['Source amount must be an integer', { source_amount: 10.5 }],
    [
      'Validation failed: Exactly one of source amount and destination amount must be present',
      { destination_amount: 1 },
    ],
    [
      'Validation failed: Exactly one of source amount and destination amount must be present',
      { source_amount: undefined },
    ],
    ['No available options for this amount', { source_amount: 1 }],
    ['Validation failed: Payment rail is not included in the list', { payment_rail: 'ach' }],
    ['sepa is not supported for INR destination', { payment_rail: 'sepa' }],
    ['neft is not supported for USD destination', { destination_currency: 'USD' }],
    ['No rails available for this beneficiary', { payment_rail: undefined }],
    ['No rails available for this beneficiary', { payment_rail: 'upi' }],
    [
      'Validation failed: Invoice number must be 50 characters or less',
      { invoice_number: 'x'.repeat(51) },
    ],
    [
      'Validation failed: Request id is too long (maximum is 64 characters)',
      { request_id: 'x'.repeat(65) },
    ],
    ['Validation failed: Documents are invalid', { documents: ['payt_1'] }],
    ['Validation failed: Notes contain a reserved field name', { notes: { status: 'x' } }],
    ['Validation failed: Request contains an unknown field', { amount: 1 }],
    ['Beneficiary not found', { beneficiary_id: 'bene_none' }],
    [
      'P0001 is not a valid purpose code for the selected payment rail',
      { purpose_code: 'P0001', payment_rail: 'imps' },
    ],
  ])('is refused with "%s": %j', async (message, change) => {
    const { status, json } = await create(await aPayee(client()), change);
    expect([status, json]).toEqual([400, badRequest(message)]);
    expect(client().sandbox.payouts.list()).toEqual([]);
    expect(client().sandbox.balances.amountOf('USD')).toBe(10_000);
  });

  it('takes P0001 for money that goes back to India by neft', async () => {
    const answer = await create(await aPayee(client()), { purpose_code: 'P0001' });
    expect(answer.json).toMatchObject({ purpose_code: 'P0001', taxes: [] });
  });
});

describe('The balance', () => {
  it('is what a payout may take, to the minor unit', async () => {
    const payee = await aPayee(client());
    const over = await create(payee, { source_amount: 10_001 });
    expect([over.status, over.json]).toEqual([
      400,
      {
        error: 'Bad Request',
        message:
          'Account has insufficient balance to process this transaction. Additional amount required: 1.',
        code: 'INSUFFICIENT_BALANCE',
      },
    ]);
    expect((await create(payee, { source_amount: 10_000 })).status).toBe(201);
    expect(client().sandbox.balances.amountOf('USD')).toBe(0);
  });

  it('is taken by one of two payouts that race for it', async () => {
    const payee = await aPayee(client());
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => create(payee, { source_amount: 6_000 })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 400)).toHaveLength(5);
    expect(client().sandbox.balances.amountOf('USD')).toBe(4_000);
  });

  it.each([
    ['success', 9_000],
    ['failed', 10_000],
  ])('is after %s %i', async (status, left) => {
    const id = read((await create(await aPayee(client()))).json, 'id');
    expect((await mock(id, status)).json).toMatchObject({ status });
    expect(client().sandbox.balances.amountOf('USD')).toBe(left);
  });

  it('is the funded one where there is one', async () => {
    const { sandbox } = client();
    sandbox.account.fundedBalance = true;
    const payee = await aPayee(client());
    expect((await create(payee)).json).toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
    sandbox.balances.credit({ amount: 1_000, currency: 'USD' }, 'funded');
    const id = read((await create(payee)).json, 'id');
    expect(sandbox.balances.amountOf('USD', 'funded')).toBe(0);
    sandbox.account.fundedBalance = false;
    await mock(id, 'failed');
    expect(sandbox.balances.amountOf('USD', 'funded')).toBe(1_000);
    expect(sandbox.balances.amountOf('USD')).toBe(10_000);
  });
});

describe('A request_id', () => {
  const duplicate = { error: 'Conflict', message: 'Record already exists' };

  it.each([
    ['the same amount', {}],
    ['another amount', { source_amount: 2_000 }],
    ['an amount that the balance does not have', { source_amount: 20_000 }],
  ])('is taken once, also with %s', async (_, change) => {
    const payee = await aPayee(client());
    const first = await create(payee, { request_id: 'r-1' });
    const again = await create(payee, { request_id: 'r-1', ...change });
    expect([again.status, again.json]).toEqual([409, duplicate]);
    const found = await client().get(`${PATH}?request_id=r-1`);
    expect(found.json).toMatchObject({ data: [first.json], page_meta: { count: 1 } });
    expect((await client().get(`${PATH}?request_id=r-2`)).json).toMatchObject({ data: [] });
  });

  it('is looked at last where the account says so', async () => {
    const payee = await aPayee(client());
    await create(payee, { request_id: 'r-1', source_amount: 10_000 });
    client().sandbox.account.duplicateCheckLast = true;
    const again = await create(payee, { request_id: 'r-1' });
    expect(again.json).toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
  });

  it('is used up by a payout that failed at once', async () => {
    const payee = await aPayee(client());
    client().sandbox.faults.next(`POST ${PATH}`, 'payout-fails-at-create');
    const failed = await create(payee, { request_id: 'r-1' });
    expect(failed.status).toBe(201);
    expect(failed.json).toMatchObject({ status: 'failed', error_code: null });
    expect(client().sandbox.balances.amountOf('USD')).toBe(10_000);
    expect(told()).toEqual(['payout.failed']);
    expect((await create(payee, { request_id: 'r-1' })).status).toBe(409);
  });
});
