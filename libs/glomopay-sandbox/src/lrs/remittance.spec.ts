import { describe, expect, it } from '@jest/globals';
import {
  aPayment,
  aResident,
  badRequest,
  read,
  useSandbox,
  type Answer,
} from '../../test/client.js';

const client = useSandbox({ openingBalance: 0, account: { lrs: { banks: ['hdfc', 'fdrl'] } } });

async function resident(change: object = {}): Promise<string> {
  return read((await client().post('/api/v1/customer', aResident(change))).json, 'id');
}

async function quote(change: object = {}): Promise<string> {
  const terms = { source_amount: 1_000, source_currency: 'USD', target_currency: 'INR' };
  const made = await client().post('/api/v1/lrs/quotes', {
    bank_code: 'hdfc',
    ...terms,
    ...change,
  });
  return read(made.json, 'id');
}

async function remit(
  { lrs = {}, ...order }: Record<string, unknown> = {},
  customer?: string,
): Promise<Answer> {
  const lrs_quote_id = await quote();
  return client().post('/api/v1/orders', {
    customer_id: customer ?? (await resident()),
    currency: 'USD',
    amount: 1_000,
    lrs: { lrs_quote_id, remittance_information: 'REF-1', ...Object(lrs) },
    ...order,
  });
}

const remitted = async (): Promise<string> => read((await remit()).json, 'id');
const events = (): string[] =>
  client()
    .sandbox.webhooks.events()
    .map(({ type }) => type);

describe('An order with lrs', () => {
  it('says so, keeps nothing of an invoice, and has used its quote', async () => {
    const { status, json } = await remit({
      invoice_number: 'I-1',
      reference_number: 'R-1',
      product: { name: 'Fees' },
    });
    expect(status).toBe(201);
    const lrs_quote_id = client().sandbox.lrsQuotes.list()[0]?.id;
    expect(json).toMatchObject({
      status: 'active',
      purpose_code: 'S0001',
      invoice_number: null,
      reference_number: null,
      product: null,
      lrs: {
        lrs_quote_id,
        remittance_information: 'REF-1',
        bank_account_id: null,
        beneficiary_id: null,
      },
    });
    const again = await remit({ lrs: { lrs_quote_id } });
    expect(again.json).toEqual(badRequest('lrs_quote_id has already been used'));
  });

  it('is shown without the member when it is none', async () => {
    const id = await client().order();
    expect(client().sandbox.orders.get(id)).not.toHaveProperty('lrs');
  });

  it('expires with its quote', async () => {
    const id = await remitted();
    await client().sandbox.clock.advance(30 * 60_000);
    expect(client().sandbox.orders.get(id)).toMatchObject({ status: 'expired' });
    const late = await quote();
    await client().sandbox.clock.advance(30 * 60_000);
    expect((await remit({ lrs: { lrs_quote_id: late } })).json).toEqual(
      badRequest('lrs_quote_id has expired'),
    );
  });

  it.each([
    ['Currency must be USD for LRS orders', { currency: 'EUR' }],
    ['Amount must equal the amount of the LRS quote', { amount: 999 }],
    ['lrs_quote_id not found', { lrs: { lrs_quote_id: 'quote_none' } }],
    ['Validation failed: Purpose code is not included in the list', { purpose_code: 'P1401' }],
    [
      'Validation failed: Lrs remittance information is invalid',
      { lrs: { remittance_information: 'REF 1' } },
    ],
    [
      'Validation failed: Lrs remittance information is too long (maximum is 20 characters)',
      { lrs: { remittance_information: 'x'.repeat(21) } },
    ],
  ])('is refused with "%s"', async (text, change) => {
    expect((await remit(change)).json).toEqual(badRequest(text));
    expect(client().sandbox.orders.list()).toEqual([]);
  });

  it('is refused on a quote of a payout', async () => {
    const lrs_quote_id = await quote({ resource: 'payout', bank_code: undefined });
    expect((await remit({ lrs: { lrs_quote_id } })).json).toEqual(
      badRequest('lrs_quote_id is not a payin quote'),
    );
  });

  it.each([{ country: 'PRT' }, { phone: undefined }, { kyc: undefined }, { name: "Asha O'Rao" }])(
    'is refused for a customer with %j',
    async (change) => {
      expect((await remit({}, await resident(change))).status).toBe(400);
    },
  );

  it('names an account of its customer and of the bank of its quote', async () => {
    const customer = await resident();
    const accountOf = async (owner: string, bank_code: string): Promise<string> => {
      const path = `/api/v1/customer/${owner}/bank_account`;
      return read((await client().post(path, { bank_code, account_number: '1' })).json, 'id');
    };
    const own = await accountOf(customer, 'hdfc');
    expect((await remit({ lrs: { bank_account_id: own } }, customer)).status).toBe(201);
    const foreign = await accountOf(await resident(), 'hdfc');
    expect((await remit({ lrs: { bank_account_id: foreign } }, customer)).status).toBe(400);
    const other = await accountOf(customer, 'fdrl');
    expect((await remit({ lrs: { bank_account_id: other } }, customer)).status).toBe(400);
  });

  it('names a beneficiary of its own category', async () => {
    const beneficiary = async (category: string): Promise<string> => {
      const address = { address_line1: '1', city: 'x', state: 'x', country_code: 'USA' };
      const made = await client().post('/api/v2/beneficiaries', {
        category,
        beneficiary: { name: 'University', type: 'business', address },
        bank_account: {
          account_number: '1',
          name: 'Citibank NA',
          currency: 'USD',
          local_routing_number: '021000089',
        },
      });
      return read(made.json, 'id');
    };
    const lrs = await remit({ lrs: { beneficiary_id: await beneficiary('lrs') } });
    expect(lrs.status).toBe(201);
    for (const beneficiary_id of [await beneficiary('payout'), 'bene_none']) {
      expect((await remit({ lrs: { beneficiary_id } })).json).toEqual(
        badRequest('beneficiary_id not found'),
      );
    }
  });

  it('takes no card, no mocked transfer, and none that came for nothing', async () => {
    const id = await remitted();
    expect((await client().post('/api/v1/payments', aPayment(id))).status).toBe(400);
    const money = { amount: 1_000, currency: 'USD' };
    const named = await client().post('/api/v1/payment/mock', { ...money, payin_id: id });
    expect(named.status).toBe(404);
    const unnamed = { ...money, payment_method: 'BankTransfer' };
    const transfer = read((await client().post('/api/v1/payment/mock', unnamed)).json, 'id');
    const eligible = await client().get(`/api/v1/payment/${transfer}/eligible-payins`);
    expect(eligible.json).toEqual({ data: [] });
  });
});

describe('A remittance', () => {
  it('is told as in progress, as a success without money, and as money at last', async () => {
    const { sandbox } = client();
    sandbox.account.fundsMockForLrsOnly = true;
    const order = await remitted();
    const id = sandbox.startRemittance(order);
    expect(sandbox.payments.get(id)).toMatchObject({
      status: 'in_progress',
      payin_id: order,
      payment_currency: 'INR',
      requested_amount: 1_000,
      requested_currency: 'USD',
      payment_method: { type: 'bank_transfer', details: { remittance_information: 'REF-1' } },
    });
    sandbox.completeRemittance(id, 'approve');
    expect(sandbox.payments.get(id)).toMatchObject({ status: 'success', funds_available: false });
    expect(sandbox.orders.get(order)).toMatchObject({ status: 'paid' });
    expect(sandbox.balances.amountOf('USD')).toBe(0);
    const funds = await client().call('PATCH', `/api/v1/payment/${id}/mock-funds-available`);
    expect(funds.status).toBe(200);
    expect(sandbox.balances.amountOf('USD')).toBe(970);
    expect(events().toReversed()).toEqual([
      'payment.in_progress',
      'payment.success',
      'orders.paid',
      'payment.funds_available',
    ]);
  });

  it('that the bank declines leaves its order, for which another may begin', async () => {
    const { sandbox } = client();
    const order = await remitted();
    const id = sandbox.startRemittance(order);
    expect(() => sandbox.startRemittance(order)).toThrow(
      'The order has an existing in progress payment',
    );
    sandbox.completeRemittance(id, 'decline');
    expect(sandbox.payments.get(id)).toMatchObject({ status: 'failed' });
    expect(sandbox.startRemittance(order)).not.toBe(id);
  });

  it('is begun and ended over HTTP too', async () => {
    const order = await remitted();
    const begun = await client().post(`/_sandbox/orders/${order}/remit`, {}, { key: null });
    expect(begun.status).toBe(201);
    const path = `/_sandbox/remittances/${read(begun.json, 'payment_id')}/complete`;
    const ended = await client().post(path, { outcome: 'approve' }, { key: null });
    expect(ended.json).toMatchObject({ status: 'success' });
  });

  it('is begun for a remittance alone', async () => {
    const { sandbox } = client();
    const id = await client().order();
    expect(() => sandbox.startRemittance(id)).toThrow('Order is not a remittance');
    const { paymentId } = await client().payment();
    expect(() => sandbox.completeRemittance(paymentId, 'approve')).toThrow(TypeError);
    const path = `/_sandbox/remittances/${paymentId}/complete`;
    expect((await client().post(path, { outcome: 'approve' }, { key: null })).status).toBe(400);
  });
});
