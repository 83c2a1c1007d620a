import { describe, expect, it } from '@jest/globals';
import { aCard, badRequest, read, useSandbox } from '../../test/client.js';
import type { Answer } from '../../test/client.js';

const START = Date.parse('2026-03-01T12:00:00.000Z');
const client = useSandbox({ clock: { now: () => START } });
const PATH = '/api/v1/subscriptions';

const aPlan = (change: object = {}) => ({
  customer_id: client().sandbox.demoCustomerId,
  product_name: 'Insurance',
  product_description: 'All of it',
  amount: 1000,
  currency: 'USD',
  interval_type: 'month',
  interval_count: 1,
  billing_cycles: 12,
  start_date: '2026-03-01',
  expires_at: '2026-03-20',
  notify_customer: true,
  starts_with_first_payment: true,
  ...change,
});
const asPresented = {
  interval_type: 'as_presented',
  interval_count: undefined,
  billing_cycles: undefined,
  start_date: undefined,
  max_amount: 5000,
};
const create = (change: object = {}): Promise<Answer> => client().post(PATH, aPlan(change));

/** A subscription whose first payment has succeeded. */
async function signedUp(change: object = {}): Promise<string> {
  const id = read((await create(change)).json, 'id');
  const { json } = await client().post('/api/v1/payments', aFirstPayment(id));
  client().sandbox.completePayment(read(json, 'payment_id'), 'approve');
  return id;
}

const aFirstPayment = (id: string, change: object = {}) => ({
  subscription_id: id,
  method: 'card',
  card: aCard(),
  callback_url: 'https://shop.example/back',
  ...change,
});
const aCharge = (id: string, change: object = {}) => ({
  subscription_id: id,
  sequence: 'subsequent',
  amount: 2500,
  currency: 'USD',
  request_id: 'charge-1',
  ...change,
});

describe('POST /subscriptions', () => {
  it('answers exactly the documented members', async () => {
    const { status, json } = await create({ notes: { a: 'b' } });
    expect(status).toBe(201);
    expect(json).toEqual({
      id: expect.stringMatching(/^sub_/),
      customer_id: client().sandbox.demoCustomerId,
      product_name: 'Insurance',
      product_description: 'All of it',
      plan_name: null,
      plan_description: null,
      reference_number: null,
      status: 'created',
      halt_reason: null,
      amount: 1000,
      currency: 'USD',
      interval_type: 'month',
      interval_count: 1,
      billing_cycles: 12,
      max_amount: null,
      start_date: '2026-03-01',
      end_date: '2027-02-01',
      expires_at: '2026-03-20',
      next_payment_date: '2026-03-01',
      subscription_link_url: expect.stringMatching(
        /^http:\/\/127\.0\.0\.1:\d+\/subscription-links\/sub_\w+\?sandbox=true$/,
      ),
      cancelled_at: null,
      notes: { a: 'b' },
    });
  });

  it('has no days for one that is charged as presented', async () => {
    const { status, json } = await create(asPresented);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      interval_count: null,
      billing_cycles: null,
      max_amount: 5000,
      start_date: null,
      end_date: null,
      next_payment_date: null,
    });
  });

  it.each([
    ['Customer not found', { customer_id: 'cust_none' }],
    ['Currency not supported', { currency: 'INR' }],
    ['Product name contains invalid characters', { product_name: 'New!' }],
    ['Product description contains invalid characters', { product_description: 'a; b' }],
    ['Plan name contains invalid characters', { plan_name: 'New!' }],
    ['Amount must be an integer', { amount: 10.5 }],
    ['Billing cycles must be an integer', { billing_cycles: '12' }],
    ['Validation failed: Expires at must be today or in the future', { expires_at: '2026-02-28' }],
    [
      'Validation failed: Expires at cannot be more than 1 months from today',
      { expires_at: '2026-04-02' },
    ],
    ['Validation failed: Expires at is invalid', { expires_at: '2026-02-30' }],
    [
      'Validation failed: Split ids are only supported for as_presented subscriptions',
      { split_ids: ['psplit_1'] },
    ],
    ["Validation failed: Product name can't be blank", { product_name: ' ' }],
    ["Validation failed: Notify customer can't be blank", { notify_customer: undefined }],
    ['Validation failed: Notify customer is invalid', { notify_customer: 'yes' }],
    ["Validation failed: Interval type can't be blank", { interval_type: undefined }],
    ["Validation failed: Interval count can't be blank", { interval_count: undefined }],
    ['Validation failed: Interval count is not included in the list', { interval_count: 2 }],
    [
      'Validation failed: Interval count is not included in the list',
      { interval_type: 'year', interval_count: 3 },
    ],
    [
      'Validation failed: Billing cycles must be less than or equal to 360',
      { billing_cycles: 361 },
    ],
    [
      'Validation failed: Billing cycles must be less than or equal to 30',
      { interval_type: 'year', billing_cycles: 31 },
    ],
    ['Validation failed: Start date must be today or in the future', { start_date: '2026-02-28' }],
    ["Validation failed: Start date can't be blank", { start_date: undefined }],
    [
      'Validation failed: Max amount is only supported for as_presented subscriptions',
      { max_amount: 5000 },
    ],
    ["Validation failed: Max amount can't be blank", { ...asPresented, max_amount: undefined }],
    [
      'Validation failed: Billing cycles must be blank for as_presented subscriptions',
      { ...asPresented, billing_cycles: 12 },
    ],
    [
      'Validation failed: Starts with first payment must be true for as_presented subscriptions',
      { ...asPresented, starts_with_first_payment: false },
    ],
    ['Validation failed: Notes contain a reserved field name', { notes: { status: 'x' } }],
    ['Validation failed: Request contains an unknown field', { request_id: 'r-1' }],
  ])('refuses with "%s" %#', async (message, change) => {
    const { status, json } = await create(change);
    expect([status, json]).toEqual([400, badRequest(message)]);
    expect(client().sandbox.subscriptions.list()).toEqual([]);
  });

  it('requires the notes that the account requires', async () => {
    client().sandbox.account.requiredNotes = ['tier'];
    expect((await create()).status).toBe(422);
    expect((await create({ notes: { tier: 'lite' } })).status).toBe(201);
  });
});

describe('GET /subscriptions', () => {
  it.each(['status=authorized', 'start_date=today', 'customer_id=order_1', 'plan=lite'])(
    'refuses ?%s',
    async (query) => {
      expect((await client().get(`${PATH}?${query}`)).status).toBe(400);
    },
  );
});

describe('a change of a subscription', () => {
  it.each(['pause', 'resume', 'cancel'])('takes no body for %s', async (change) => {
    const id = await signedUp();
    const { status, json } = await client().call('PATCH', `${PATH}/${id}/${change}`, { why: 'x' });
    expect([status, json]).toEqual([
      400,
      badRequest('Validation failed: Request contains an unknown field'),
    ]);
    expect(client().sandbox.subscriptions.get(id)?.status).toBe('active');
  });

  it.each([
    ["Validation failed: Next payment date can't be blank", {}],
    ['Validation failed: Next payment date is invalid', { next_payment_date: '2026-02-30' }],
    [
      'Validation failed: Next payment date must be at least 2 days from today',
      { next_payment_date: '2026-03-02' },
    ],
  ])('of its next day is refused with "%s"', async (message, body) => {
    const id = await signedUp();
    const { status, json } = await client().call('PATCH', `${PATH}/${id}/next-payment-date`, body);
    expect([status, json]).toEqual([400, badRequest(message)]);
  });

  it('has no next day while it is paused, nor once it is cancelled', async () => {
    const id = await signedUp();
    const change = async (name: string, body?: object) =>
      (await client().call('PATCH', `${PATH}/${id}/${name}`, body)).json;
    const later = { next_payment_date: '2026-03-20' };
    expect(await change('pause')).toMatchObject({ status: 'paused', next_payment_date: null });
    expect(await change('next-payment-date', later)).toEqual(
      badRequest('Subscription cannot be updated from current state: paused'),
    );
    expect(await change('resume')).toMatchObject({
      status: 'active',
      next_payment_date: '2026-04-01',
    });
    expect(await change('cancel')).toMatchObject({
      status: 'cancelled',
      next_payment_date: null,
      cancelled_at: '2026-03-01',
    });
  });

  it('is halted with a reason, and has none once a charge succeeds again', async () => {
    const { sandbox } = client();
    const id = await signedUp();
    sandbox.declineNextCharge(id);
    await sandbox.clock.advance(32 * 86_400_000);
    expect(sandbox.subscriptions.get(id)).toMatchObject({
      status: 'halted',
      halt_reason: expect.any(String),
    });
    await sandbox.clock.advance(31 * 86_400_000);
    expect(sandbox.subscriptions.get(id)).toMatchObject({ status: 'active', halt_reason: null });
  });

  it.each([
    ['pause', 'paused'],
    ['next-payment-date', 'updated'],
  ])('by %s is not for one that is charged as presented', async (change, done) => {
    const id = await signedUp(asPresented);
    const body = change === 'pause' ? undefined : { next_payment_date: '2026-03-20' };
    const { status, json } = await client().call('PATCH', `${PATH}/${id}/${change}`, body);
    expect([status, json]).toEqual([
      400,
      badRequest(`Subscription cannot be ${done}: interval type is as_presented`),
    ]);
  });
});

describe('POST /payments with a subscription', () => {
  it('answers 404 for one that nobody knows', async () => {
    const { status, json } = await client().post('/api/v1/payments', aFirstPayment('sub_none'));
    expect([status, json]).toEqual([
      404,
      { error: 'Not Found', message: 'Subscription not found' },
    ]);
  });

  it('brings the subscription back in place of the order', async () => {
    const id = read((await create()).json, 'id');
    const { json } = await client().post('/api/v1/payments', aFirstPayment(id));
    const back = new URL(client().sandbox.completePayment(read(json, 'payment_id'), 'approve'));
    expect(back.searchParams.get('order_id')).toBe(id);
  });

  it('keeps no card number, to charge it again or otherwise', async () => {
    const id = await signedUp(asPresented);
    await client().post('/api/v1/payments', aCharge(id));
    const { sandbox } = client();
    const known = JSON.stringify([sandbox.payments.list(), sandbox.subscriptions.list()]);
    expect(known).not.toContain('4111111111111111');
  });
});

describe('POST /payments with a sequence', () => {
  it('answers where to ask, and nowhere to send a buyer', async () => {
    const id = await signedUp(asPresented);
    const { status, json } = await client().post('/api/v1/payments', aCharge(id));
    const payment = read(json, 'payment_id');
    expect([status, json]).toEqual([
      201,
      {
        payment_id: payment,
        status: 'pending',
        next_steps: [
          {
            action: 'poll',
            payload: {
              url: `${client().sandbox.url}/api/v1/payments/${payment}`,
              interval_in_ms: 5000,
            },
          },
        ],
      },
    ]);
    await client().sandbox.clock.advance(0);
    expect(client().sandbox.payments.get(payment)).toMatchObject({
      status: 'success',
      payin_id: null,
      payin_type: null,
      subscription_id: id,
      requested_amount: 2500,
      'auto_debit?': true,
    });
  });

  it('takes as much as the subscription allows, and not more', async () => {
    const id = await signedUp(asPresented);
    const most = client().sandbox.subscriptions.get(id)?.max_amount ?? 0;
    const charge = (amount: number) =>
      client().post('/api/v1/payments', { ...aCharge(id), amount, request_id: `of-${amount}` });
    expect((await charge(most)).status).toBe(201);
    expect((await charge(most + 1)).status).toBe(400);
  });

  it('has no buyer who could answer for the bank', async () => {
    const id = await signedUp(asPresented);
    const { json } = await client().post('/api/v1/payments', aCharge(id));
    const payment = read(json, 'payment_id');
    expect(() => client().sandbox.completePayment(payment, 'decline')).toThrow(TypeError);
    const { status } = await client().post(`/_sandbox/payments/${payment}/complete`, {
      outcome: 'decline',
    });
    expect(status).toBe(400);
    await client().sandbox.clock.advance(0);
    expect(client().sandbox.payments.get(payment)?.status).toBe('success');
  });

  it.each([
    ['Validation failed: Sequence is not included in the list', { sequence: 'initial' }],
    ["Validation failed: Request id can't be blank", { request_id: undefined }],
    ["Validation failed: Amount can't be blank", { amount: undefined }],
    ['Amount must be an integer', { amount: '2500' }],
    ["Validation failed: Currency can't be blank", { currency: undefined }],
    ["Validation failed: Subscription id can't be blank", { subscription_id: undefined }],
    [
      'Validation failed: Order id and subscription id cannot both be present',
      { order_id: 'order_1' },
    ],
    ['Validation failed: Amount must be less than or equal to max amount', { amount: 5001 }],
    ["Validation failed: Currency must be the subscription's currency", { currency: 'EUR' }],
    [
      'Validation failed: Split ids are invalid or no longer point at a dynamic rule: psplit_1',
      { split_ids: ['psplit_1'] },
    ],
    ['Validation failed: Card number is invalid', { card: aCard({ number: '4111 1111' }) }],
    [
      'Validation failed: Card number must not be sent in any other field',
      { card: aCard(), notes: { memo: '4111111111111111' } },
    ],
  ])('refuses with "%s" %#', async (message, change) => {
    const id = await signedUp(asPresented);
    const { status, json } = await client().post('/api/v1/payments', aCharge(id, change));
    expect([status, json]).toEqual([400, badRequest(message)]);
    expect(client().sandbox.payments.list()).toHaveLength(1);
  });

  it('notices a used request_id before or after the state, as the account says', async () => {
    const id = await signedUp(asPresented);
    await client().post('/api/v1/payments', aCharge(id));
    await client().call('PATCH', `${PATH}/${id}/cancel`);
    const again = async () => (await client().post('/api/v1/payments', aCharge(id))).json;
    expect(await again()).toEqual(badRequest('Payment already exists for this request_id'));
    client().sandbox.account.duplicateCheckLast = true;
    expect(await again()).toEqual(
      badRequest('Subscription cannot be charged from current state: cancelled'),
    );
  });

  it('is screened like any other payment', async () => {
    const id = await signedUp({ ...asPresented, max_amount: 10_000 });
    const { json } = await client().post('/api/v1/payments', aCharge(id, { amount: 6623 }));
    await client().sandbox.clock.advance(0);
    expect(client().sandbox.payments.get(read(json, 'payment_id'))).toMatchObject({
      status: 'action_required',
      error_code: 'SANCTION_HIT',
    });
  });
});

describe('the merchant', () => {
  it('is credited with each charge, less the fee', async () => {
    const { balances, clock } = client().sandbox;
    const before = balances.amountOf('USD');
    await signedUp();
    await clock.advance(40 * 86_400_000);
    expect(balances.amountOf('USD') - before).toBe(2 * 970);
  });

  it('sees subscriptions on the page and in the state', async () => {
    const id = await signedUp();
    const { text } = await client().get('/', { key: null });
    for (const shown of [id, 'every 1 month(s)', '2026-04-01']) expect(text).toContain(shown);
    const { json } = await client().get('/_sandbox/state', { key: null });
    expect(json).toMatchObject({
      subscriptions: [{ id, status: 'active', next_payment_date: '2026-04-01' }],
    });
  });

  it('hears of a subscription after its payment, at every endpoint', async () => {
    const id = await signedUp();
    client().sandbox.declineNextCharge(id);
    await client().sandbox.clock.advance(40 * 86_400_000);
    const types = client()
      .sandbox.webhooks.events()
      .map(({ type }) => type);
    expect(types.toReversed()).toEqual([
      'payment.success',
      'subscription.active',
      'payment.failed',
      'subscription.halted',
    ]);
  });

  it('cannot have the bank decline what there is not', async () => {
    expect(() => client().sandbox.declineNextCharge('sub_none')).toThrow('no such subscription');
    const path = '/_sandbox/subscriptions/sub_none/decline-next-charge';
    expect((await client().post(path, {})).status).toBe(404);
  });
});
