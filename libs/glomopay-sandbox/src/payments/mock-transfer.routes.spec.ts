import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';
import { newAccount } from '../account.js';
import { obstacleOf } from './funds.js';

const client = useSandbox({ openingBalance: 0 });
const usd = { amount: 1000, currency: 'USD' };

const transfer = (body: object) => client().post('/api/v1/payment/mock', body);
const events = () =>
  client()
    .sandbox.webhooks.events()
    .map(({ type }) => type)
    .toReversed();

describe('POST /payment/mock', () => {
  it('pays an order, and says from where the money came', async () => {
    const payinId = await client().order();
    const { status, json } = await transfer({ ...usd, payin_id: payinId });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      payin_id: payinId,
      payin_type: 'orders',
      status: 'success',
      funds_available: true,
      payment_amount: 1000,
      payment_currency: 'USD',
      fees: { txn_fee: { amount: 30, currency: 'USD' } },
      payment_method: {
        type: 'bank_transfer',
        details: {
          sender_account_number: expect.any(String),
          receiver_account_number: expect.any(String),
          transfer_type: 'swift',
        },
      },
    });
    expect(client().sandbox.orders.get(payinId)?.status).toBe('paid');
  });

  it.each([
    ['6623', { amount: 6623, currency: 'USD' }, {}],
    ['a sanctioned remitter', usd, { remitter_name: 'Sanctioned_Entity' }],
  ])('keeps what %s pays for as it was', async (_, money, more) => {
    const payinId = await client().order(money);
    const { json } = await transfer({ ...money, ...more, payin_id: payinId });
    expect(json).toMatchObject({ status: 'action_required', error_code: 'SANCTION_HIT' });
    expect(client().sandbox.orders.get(payinId)?.status).toBe('active');
    expect(client().sandbox.balances.amountOf('USD')).toBe(0);
    expect(events()).toEqual(['payment.action_required']);
  });

  it('holds the money where screening comes after the payment', async () => {
    client().sandbox.account.screening = { card: false, transfer: true };
    const payinId = await client().order({ amount: 6623 });
    const { json } = await transfer({ amount: 6623, currency: 'USD', payin_id: payinId });
    expect(json).toMatchObject({ status: 'success', funds_available: false });
    expect(client().sandbox.balances.amountOf('USD')).toBe(0);
    expect(client().sandbox.balances.amountOf('USD', 'pending')).toBe(6623 - 199);
  });

  it('holds the money of a card as well', async () => {
    client().sandbox.account.screening = { card: true, transfer: false };
    const { paymentId } = await client().payment({}, { amount: 6623 });
    client().sandbox.completePayment(paymentId, 'approve');
    expect(client().sandbox.payments.get(paymentId)?.funds_available).toBe(false);
    expect(client().sandbox.balances.amountOf('USD')).toBe(0);
  });

  it('leaves one for an expired order to the merchant, and does not revive it', async () => {
    const payinId = await client().order();
    await client().sandbox.clock.advance(93 * 86_400_000);
    const { json } = await transfer({ ...usd, payin_id: payinId });
    expect(json).toMatchObject({
      status: 'action_required',
      error_code: 'PAYIN_NOT_FOUND',
      payin_id: null,
      customer_id: client().sandbox.demoCustomerId,
    });
    expect(client().sandbox.orders.get(payinId)?.status).toBe('expired');
  });

  it.each([
    [{}, 400],
    [usd, 400],
    [{ ...usd, amount: 99, payment_method: 'BankTransfer' }, 400],
    [{ ...usd, amount: '1000', payment_method: 'BankTransfer' }, 400],
    [{ ...usd, currency: 'usd', payment_method: 'BankTransfer' }, 400],
    [{ ...usd, payment_method: 'Card' }, 400],
    [{ ...usd, payin_id: 'payt_1' }, 400],
    [{ ...usd, payin_id: 'order_1', payment_method: 'BankTransfer' }, 400],
    [{ ...usd, payin_id: 'order_none' }, 404],
    [{ ...usd, payin_id: 'plink_none' }, 404],
    [{ ...usd, payin_id: 'addfunds_none' }, 404],
    [{ ...usd, payment_method: 'BankTransfer', card: {} }, 400],
  ])('is refused with %j', async (body, status) => {
    expect((await transfer(body)).status).toBe(status);
    expect(client().sandbox.payments.list()).toEqual([]);
  });

  it.each([{ amount: 999 }, { amount: 1001 }, { currency: 'EUR' }])(
    'is not for an order of which it brings %j',
    async (change) => {
      const payin_id = await client().order({ amount: 1000, currency: 'USD' });
      const { json } = await transfer({ amount: 1000, currency: 'USD', payin_id, ...change });
      expect(json).toMatchObject({
        status: 'action_required',
        error_code: 'PAYIN_AMOUNT_MISMATCH',
      });
      expect(client().sandbox.orders.get(payin_id)?.status).toBe('active');
    },
  );

  it('has no 3DS page, and no buyer to answer for', async () => {
    const { json } = await transfer({ ...usd, payment_method: 'BankTransfer' });
    const id = read(json, 'id');
    expect((await client().get(`/3ds?paymentId=${id}&authToken=`)).status).toBe(403);
    expect(() => client().sandbox.completePayment(id, 'approve')).toThrow(TypeError);
    expect((await client().get('/', { key: null })).text).toContain('Bank transfer');
  });

  it('is served under the one spelling only', async () => {
    const body = { ...usd, payment_method: 'BankTransfer' };
    expect((await client().post('/api/v1/payments/mock', body)).status).toBe(404);
  });
});

describe('PATCH /payment/{id}/mock-funds-available', () => {
  const release = (id: string, body?: object) =>
    client().call('PATCH', `/api/v1/payment/${id}/mock-funds-available`, body);

  it('answers the payment, and a text', async () => {
    client().sandbox.account.transferFundsHeld = true;
    const { json } = await transfer({ ...usd, payin_id: await client().order() });
    const answer = await release(read(json, 'id'));
    expect([answer.status, answer.json]).toMatchObject([
      200,
      {
        data: { id: read(json, 'id'), funds_available: true },
        message: 'Payment funds available status updated successfully',
      },
    ]);
    expect(events()).toEqual(['payment.success', 'orders.paid', 'payment.funds_available']);
  });

  it('tells a refusal in `error` alone, and changes nothing', async () => {
    const { json } = await transfer({ ...usd, payment_method: 'BankTransfer' });
    const answer = await release(read(json, 'id'));
    expect([answer.status, answer.json]).toEqual([
      400,
      { error: 'Payment must be in success status' },
    ]);
  });

  it('takes no body, and no other id', async () => {
    const { json } = await transfer({ ...usd, payment_method: 'BankTransfer' });
    expect((await release(read(json, 'id'), { a: 1 })).json).toEqual(
      badRequest('Validation failed: Request contains an unknown field'),
    );
    expect((await release('payt_none')).status).toBe(404);
    expect((await release('order_1')).status).toBe(400);
  });

  const paid = { status: 'success', compliance_status: null, funds_available: false } as const;
  it.each([
    ['Payment must be in success status', { ...paid, status: 'in_progress' as const }, {}],
    ['Payment must be from LRS gateway', paid, { fundsMockForLrsOnly: true }],
    ['Payment must not have direct settlement enabled', paid, { directSettlement: true }],
    ['No transaction found for payment', { ...paid, compliance_status: 'rejected' as const }, {}],
    ['Transaction already has funds available', { ...paid, funds_available: true }, {}],
    [undefined, paid, {}],
  ])('is refused by %j', (obstacle, payment, settings) => {
    expect(obstacleOf({ payment }, newAccount(settings))).toBe(obstacle);
  });
});

describe('in production', () => {
  const production = useSandbox({ environment: 'production' });
  it('nobody plays a bank', async () => {
    const body = { ...usd, payment_method: 'BankTransfer' };
    const { paymentId } = await production().payment();
    const answers = await Promise.all([
      production().post('/api/v1/payment/mock', body),
      production().call('PATCH', `/api/v1/payment/${paymentId}/mock-funds-available`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });
});
