import { describe, expect, it } from '@jest/globals';
import { anOrder, badRequest, read, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';

const clock = new ManualClock();
const client = useSandbox({ clock });

const create = (overrides: object = {}) =>
  client().post('/api/v1/orders', anOrder(client().sandbox, overrides));

describe('POST /orders', () => {
  it('opens the order of the published sample', async () => {
    const sample = {
      document_id: 'doc_nYUqLpuYQ0M8',
      purpose_code: 'P1401',
      invoice_number: 'RG12FF590',
      invoice_description: 'Payment requested for services provided',
      invoice_amount: 1000,
      reference_number: 'R0001',
      product: { name: 'ShieldGuard Insurance', description: 'Flexible insurance; easy' },
      notes: { key1: 'value1', key2: 'value2' },
      payment_methods: ['card'],
    };
    const answer = await create(sample);
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      ...anOrder(client().sandbox, sample),
      id: expect.stringMatching(/^order_[0-9a-f]{8}[A-Za-z0-9]{5}$/),
      status: 'active',
      request_id: null,
    });
  });

  it('answers with the headers of the gateway', async () => {
    const { headers } = await create();
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('offers every method and the default purpose when none is named', async () => {
    expect((await create()).json).toMatchObject({
      payment_methods: ['bank_transfer', 'pay_via_bank', 'card'],
      purpose_code: 'P1401',
    });
  });

  it.each([
    ['Amount must be an integer', { amount: '1000' }],
    ['Amount must be an integer', { amount: 10.5 }],
    ['Amount must be an integer', { amount: null }],
    ['Invoice amount must be an integer', { invoice_amount: '1000' }],
    ['Currency not supported', { currency: 'INR' }],
    ['Currency not supported', { currency: 'usd' }],
    ['Currency not supported', { currency: 'JPY' }],
    ['Validation failed: Currency is invalid', { currency: 840 }],
    ["Validation failed: Currency can't be blank", { currency: undefined }],
    ["Validation failed: Amount can't be blank", { amount: undefined }],
    ['Validation failed: Amount must be greater than or equal to 1', { amount: 0 }],
    ['Validation failed: Amount must be greater than or equal to 1', { amount: -5 }],
    ['Validation failed: Amount is too large', { amount: 2 ** 53 }],
    [
      'Validation failed: Invoice amount must be greater than or equal to amount',
      { invoice_amount: 999 },
    ],
    ["Validation failed: Customer id can't be blank", { customer_id: undefined }],
    ['Validation failed: Customer id is invalid', { customer_id: 5 }],
    ['Validation failed: Purpose code is not included in the list', { purpose_code: 'PYR001' }],
    ['Validation failed: Purpose code is not included in the list', { purpose_code: 'p1401' }],
    [
      'Validation failed: Payment methods is not included in the list',
      { payment_methods: ['upi'] },
    ],
    ['Validation failed: Payment methods is not included in the list', { payment_methods: 'card' }],
    ['Validation failed: Payment methods is not included in the list', { payment_methods: [] }],
    ['Validation failed: Document id is invalid', { document_id: 'order_1' }],
    ["Validation failed: Product name can't be blank", { product: {} }],
    ['Validation failed: Product contains an unknown field', { product: { name: 'a', sku: 'b' } }],
    ['Validation failed: Notes values must be strings', { notes: { a: 1 } }],
    ['Validation failed: Notes must be an object', { notes: ['a'] }],
    ['Validation failed: Notes contain a reserved field name', { notes: { amount: '1' } }],
    ["Validation failed: Request id can't be blank", { request_id: '' }],
    [
      'Validation failed: Request id is too long (maximum is 64 characters)',
      { request_id: 'x'.repeat(65) },
    ],
    ['Validation failed: Request contains an unknown field', { customerId: 'cust_1' }],
    [
      'Validation failed: Bank account details must have bic primary or bic secondary',
      { bank_account_details: { account_number: '1' } },
    ],
    ['quote_id not found', { quote_id: 'quote_1', amount: undefined, currency: undefined }],
    ['amount cannot be specified when quote_id is present', { quote_id: 'quote_1' }],
    [
      'currency cannot be specified when quote_id is present',
      { quote_id: 'quote_1', amount: undefined },
    ],
    [
      'Validation failed: Split ids cannot be specified when quote_id is present',
      { quote_id: 'quote_1', amount: undefined, currency: undefined, split_ids: ['psplit_1'] },
    ],
  ])('refuses with "%s" %j', async (message, change) => {
    const answer = await create(change);
    expect([answer.status, answer.json]).toEqual([400, badRequest(message)]);
    expect(client().sandbox.orders.list()).toEqual([]);
  });

  it('refuses an LRS order: the account has no such feature', async () => {
    const answer = await create({ lrs: { lrs_quote_id: 'quote_1' } });
    expect(answer.status).toBe(403);
  });

  it.each(['S0001', 'S0002'])('takes the purpose code %s of any order', async (code) => {
    const answer = await create({ purpose_code: code });
    expect([answer.status, answer.json]).toMatchObject([201, { purpose_code: code }]);
  });

  it('takes the splits of the account, and no other', async () => {
    client().sandbox.account.splits = ['psplit_1'];
    expect((await create({ split_ids: ['psplit_1'] })).status).toBe(201);
    expect((await create({ split_ids: ['psplit_1', 'psplit_2'] })).status).toBe(400);
  });

  it('answers 404 for an unknown customer', async () => {
    const answer = await create({ customer_id: 'cust_E602dMzgjpDC' });
    expect([answer.status, answer.json]).toEqual([
      404,
      { error: 'Not Found', message: 'Customer not found' },
    ]);
  });

  it('opens one order per request_id and finds it again', async () => {
    const first = await create({ request_id: 'order-7' });
    const again = await create({ request_id: 'order-7' });
    expect([again.status, again.json]).toEqual([
      400,
      badRequest('Order already exists for this request_id'),
    ]);
    const found = await client().get('/api/v1/orders?request_id=order-7');
    expect(found.json).toMatchObject({ data: [first.json], page_meta: { count: 1 } });
  });

  it('opens two orders without a request_id', async () => {
    expect(read((await create()).json, 'id')).not.toBe(read((await create()).json, 'id'));
  });

  it('leaves a refused request_id free', async () => {
    await create({ request_id: 'order-8', amount: 0 });
    await create({ request_id: 'order-8', customer_id: 'cust_E602dMzgjpDC' });
    expect((await create({ request_id: 'order-8' })).status).toBe(201);
  });

  it('keeps notes as they are, also those named like members of every object', async () => {
    const notes = '{"__proto__":"a","constructor":"b","Ключ":"é"}';
    const { demoCustomerId } = client().sandbox;
    const raw = `{"customer_id":"${demoCustomerId}","currency":"USD","amount":1,"notes":${notes}}`;
    const answer = await client().post('/api/v1/orders', null, { raw });
    expect(answer.text).toContain(`"notes":${notes}`);
  });
});

describe('GET /orders', () => {
  it.each([
    ['status=active', 2],
    ['status=paid', 0],
    ['customer_id=cust_E602dMzgjpDC', 0],
  ])('filters by %s', async (query, count) => {
    await create();
    await create();
    const answer = await client().get(`/api/v1/orders?${query}`);
    expect(answer.json).toMatchObject({ page_meta: { count } });
  });

  it('answers a bad customer_id filter with a message alone', async () => {
    const answer = await client().get('/api/v1/orders?customer_id=order_1');
    expect([answer.status, answer.json]).toEqual([400, { message: 'Invalid customer_id' }]);
  });

  it.each(['status=expired', 'status=', 'requestid=1', 'status=active&status=paid'])(
    'refuses ?%s',
    async (query) => {
      expect((await client().get(`/api/v1/orders?${query}`)).status).toBe(400);
    },
  );

  it('says which ids are unknown or of another kind', async () => {
    const unknown = await client().get('/api/v1/orders/order_68c00b7btsthf');
    expect([unknown.status, unknown.json]).toEqual([
      404,
      { error: 'Not Found', message: 'Order not found' },
    ]);
    const wrong = await client().get('/api/v1/orders/payt_691eeb9aV79Uk');
    expect([wrong.status, wrong.json]).toEqual([400, badRequest("Id must start with 'order_'")]);
  });
});

describe('expiry', () => {
  it.each([
    ['2026-03-01T12:00:00Z', '2026-06-01T12:00:00Z'],
    ['2026-11-30T12:00:00Z', '2027-02-28T12:00:00Z'],
  ])('comes three months after creation: of %s at %s', async (created, end) => {
    clock.advance(Math.max(0, Date.parse(created) - clock.now()));
    const id = await client().order();
    clock.advance(Date.parse(end) - clock.now() - 1);
    expect((await client().get(`/api/v1/orders/${id}`)).json).toMatchObject({ status: 'active' });
    clock.advance(1);
    expect((await client().get(`/api/v1/orders/${id}`)).json).toMatchObject({ status: 'expired' });
  });
});
