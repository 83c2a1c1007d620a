import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox, type Answer } from '../../test/client.js';

const client = useSandbox();
const PATH = '/api/v2/beneficiaries';
const address = {
  address_line1: '1 Park',
  city: 'Pune',
  state: 'Maharashtra',
  country_code: 'IND',
};

const create = (change: object = {}, payee: object = {}): Promise<Answer> =>
  client().post(PATH, {
    category: 'payout',
    beneficiary: { name: 'Acme', type: 'business', address, ...payee },
    bank_account: { account_number: '1234567890', currency: 'USD', swift_code: 'CITIUS33' },
    ...change,
  });

const review = (id: string, review_action: string): Promise<Answer> =>
  client().call('PATCH', `${PATH}/${id}/mock-review`, { review_action });

const told = () =>
  client()
    .sandbox.webhooks.events()
    .map(({ type }) => type);

describe('A beneficiary', () => {
  it('is active at once, listed and fetched', async () => {
    const { status, json } = await create();
    expect(status).toBe(201);
    expect(json).toMatchObject({
      id: expect.stringMatching(/^bene_/),
      status: 'active',
      nickname: 'Acme - Sandbox Bank',
      bank_account: { account_number: '1234567890', local_routing_number: null },
      upi_account: null,
    });
    const id = read(json, 'id');
    expect((await client().get(`${PATH}/${id}`)).json).toEqual(json);
    expect((await client().get(PATH)).json).toMatchObject({ data: [{ id }] });
    expect(told()).toEqual(['beneficiary.active']);
  });

  it('has an account for UPI in place of one at a bank', async () => {
    const upi_account = { upi_id: 'acme@bank' };
    expect((await create({ bank_account: undefined, upi_account })).json).toMatchObject({
      bank_account: null,
      upi_account,
    });
    expect((await create({ upi_account })).status).toBe(400);
    expect((await create({ bank_account: undefined })).status).toBe(400);
  });

  it.each([
    ["Category can't be blank, Category must be one of: lrs, payout", { category: undefined }, {}],
    ['Category must be one of: lrs, payout', { category: 'other' }, {}],
    ["Beneficiary name can't be blank", {}, { name: '' }],
    ["Local routing number can't be blank", { category: 'lrs' }, {}],
    [
      'Swift code must be 8 characters long',
      { category: 'lrs', bank_account: { swift_code: 'CITIUS33XXX' } },
      {},
    ],
  ])('is refused with "%s"', async (text, change, payee) => {
    expect((await create(change, payee)).json).toEqual(badRequest(text));
    expect(client().sandbox.beneficiaries.list()).toEqual([]);
  });

  it.each([
    ['both codes', { swift_code: 'CITIUS33', local_routing_number: '021000089' }],
    ['neither', { swift_code: undefined }],
    [
      'an IBAN alone, in pounds',
      { swift_code: undefined, account_number: 'GB29NWBK60161331926819', currency: 'GBP' },
    ],
  ])('of payouts is refused with %s', async (_, codes) => {
    const bank_account = { account_number: '1', currency: 'USD', ...codes };
    expect((await create({ bank_account })).json).toEqual(
      badRequest('Exactly one of swift code and local routing number must be present'),
    );
  });

  it.each([
    ['EUR', 'DE89370400440532013000'],
    ['AED', 'AE070331234567890123456'],
  ])('of payouts in %s needs no more than an IBAN', async (currency, account_number) => {
    expect((await create({ bank_account: { account_number, currency } })).status).toBe(201);
  });

  it('is one for each bank account', async () => {
    await create();
    const { status, json } = await create({}, { name: 'Another' });
    expect([status, json]).toEqual([
      422,
      {
        error: 'Unprocessable Entity',
        message:
          'Validation failed: Business already had this Account Number, Account Type and Transfer Method',
      },
    ]);
    const bank_account = { account_number: '1234567890', currency: 'EUR', swift_code: 'CITIUS33' };
    expect((await create({ bank_account })).status).toBe(201);
    expect(client().sandbox.beneficiaries.list()).toHaveLength(2);
  });

  it('is at /api/v2 alone, behind the key', async () => {
    expect((await client().get('/api/v1/beneficiaries')).status).toBe(404);
    expect((await client().get(PATH, { key: null })).status).toBe(401);
    expect((await client().get('/api/v2/orders')).status).toBe(404);
  });
});

describe('PATCH /beneficiaries/{id}/mock-review', () => {
  it.each([
    ['approve', 'active'],
    ['reject', 'rejected'],
  ])('%s makes a pending one %s, once', async (action, status) => {
    client().sandbox.account.beneficiaryReview = true;
    const made = await create();
    expect(made.json).toMatchObject({ status: 'pending' });
    const id = read(made.json, 'id');
    expect((await review(id, action)).json).toMatchObject({ id, status });
    expect((await review(id, action)).status).toBe(422);
    expect(told()).toEqual([`beneficiary.${status}`]);
  });

  it('is refused for one that is active, and for none', async () => {
    const id = read((await create()).json, 'id');
    expect((await review(id, 'approve')).status).toBe(422);
    expect((await review('bene_none', 'approve')).status).toBe(404);
  });
});
