import { describe, expect, it } from '@jest/globals';
import { aCard, aPayment, badRequest, read, useSandbox } from '../../test/client.js';
import { testCards } from './test-cards.js';

const client = useSandbox();

const pay = async (overrides: object = {}, order: object = {}, path = '/api/v1/payments') =>
  client().post(path, aPayment(await client().order(order), overrides));

describe.each(['/api/v1/payments', '/api/v1/payment'])('POST %s', (path) => {
  it('answers with a redirect to the 3DS page and a poll URL in the same spelling', async () => {
    const answer = await pay({}, {}, path);
    const { url } = client().sandbox;
    const id = read(answer.json, 'payment_id');
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({
      payment_id: expect.stringMatching(/^payt_[0-9a-f]{8}[A-Za-z0-9]{5}$/),
      status: 'pending',
      next_steps: [
        { action: 'redirect', payload: { url: expect.any(String) } },
        { action: 'poll', payload: { url: `${url}${path}/${id}`, interval_in_ms: 5000 } },
      ],
    });
    const redirect = new URL(read(answer.json, 'next_steps', '0', 'payload', 'url'));
    expect(redirect.href.startsWith(`${url}/3ds?`)).toBe(true);
    expect([...redirect.searchParams.keys()]).toEqual(['paymentId', 'authToken', 'redirectUrl']);
    expect(redirect.searchParams.get('paymentId')).toBe(id);
    expect(redirect.searchParams.get('redirectUrl')).toBe('https://shop.example/payment/callback');
    expect((await client().get(`${path}/${id}`)).json).toMatchObject({ id, status: 'in_progress' });
  });
});

describe('POST /payments', () => {
  it('records the payment with its order’s amount and a masked card', async () => {
    const order = { product: { name: 'Policy', description: 'One year' }, purpose_code: 'P0802' };
    const answer = await pay({ notes: { internal_ref: 'ref_12345' } }, order);
    const id = read(answer.json, 'payment_id');
    const payment = (await client().get(`/api/v1/payments/${id}`)).json;
    const [stored] = client().sandbox.orders.list();
    expect(payment).toEqual({
      id,
      payin_id: stored?.id,
      payin_type: 'orders',
      subscription_id: null,
      status: 'in_progress',
      compliance_status: null,
      rfi: null,
      payment_currency: 'AED',
      payment_amount: 3746,
      converted_currency: 'USD',
      converted_amount: 1000,
      requested_currency: 'USD',
      requested_amount: 1000,
      purpose_code: 'P0802',
      sender_name: 'Jane Roe',
      notes: { internal_ref: 'ref_12345' },
      error_code: null,
      error_description: null,
      customer_error_description: null,
      paid_at: null,
      fee_bearer: 'merchant',
      fee_collection_mode: 'immediate',
      customer_id: client().sandbox.demoCustomerId,
      merchant_id: expect.stringMatching(/^merch_/),
      product_name: 'Policy',
      product_description: 'One year',
      country: 'USA',
      fees: null,
      fee_breakdown: null,
      documents: [],
      settlement_id: null,
      funds_available: false,
      payment_method: {
        type: 'card',
        details: {
          card_network: 'Visa',
          card_type: 'credit',
          end_digits: '1111',
          country_code: 'US',
          card_holder_name: 'Jane Roe',
          card_bin: '411111',
          issuer_name: 'Sandbox Bank',
        },
      },
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
  });

  it.each([
    ["Validation failed: Order id can't be blank", { order_id: undefined }],
    ["Validation failed: Method can't be blank", { method: undefined }],
    ['Validation failed: Method is not included in the list', { method: 'bank_transfer' }],
    ["Validation failed: Card can't be blank", { card: undefined }],
    ['Validation failed: Card must be an object', { card: '4111111111111111' }],
    ["Validation failed: Card number can't be blank", { card: aCard({ number: '' }) }],
    [
      'Validation failed: Card number is invalid',
      { card: aCard({ number: '4111 1111 1111 1111' }) },
    ],
    ['Validation failed: Card number is invalid', { card: aCard({ number: 4111111111111111 }) }],
    ["Validation failed: Card holder name can't be blank", { card: aCard({ holder_name: null }) }],
    ['Validation failed: Card expiry month is invalid', { card: aCard({ expiry_month: '9' }) }],
    ['Validation failed: Card expiry month is invalid', { card: aCard({ expiry_month: '13' }) }],
    ['Validation failed: Card expiry month is invalid', { card: aCard({ expiry_month: 9 }) }],
    ['Validation failed: Card expiry year is invalid', { card: aCard({ expiry_year: '30' }) }],
    ['Validation failed: Card cvv is invalid', { card: aCard({ cvv: 739 }) }],
    ["Validation failed: Card cvv can't be blank", { card: aCard({ cvv: undefined }) }],
    ['Validation failed: Card contains an unknown field', { card: aCard({ holderName: 'x' }) }],
    ["Validation failed: Callback url can't be blank", { callback_url: undefined }],
    ['Validation failed: Request contains an unknown field', { amount: 1000 }],
    [
      'Validation failed: Order id and subscription id cannot both be present',
      { subscription_id: 'sub_1' },
    ],
    ['Card is not a valid test card', { card: aCard({ number: '4242424242424242' }) }],
  ])('refuses with "%s" %#', async (message, change) => {
    const answer = await pay(change);
    expect([answer.status, answer.json]).toEqual([400, badRequest(message)]);
    expect(client().sandbox.payments.list()).toEqual([]);
  });

  it.each([
    'http://shop.example/cb',
    'ftp://shop.example/cb',
    'javascript:alert(1)',
    '/payment/callback',
    'https://user:secret@shop.example/cb',
    'http://localhost.shop.example/cb',
    'https://shop.example\\@evil.example/cb',
  ])('refuses the callback URL %s', async (callback_url) => {
    expect((await pay({ callback_url })).json).toEqual(
      badRequest('Validation failed: Callback url must be a valid HTTPS URL'),
    );
  });

  it.each([
    'https://shop.example/cb?a=1',
    'http://localhost:3000/cb',
    'http://127.0.0.1:3000/cb',
    'http://[::1]:3000/cb',
  ])('takes the callback URL %s', async (callback_url) => {
    expect((await pay({ callback_url })).status).toBe(201);
  });

  it.each([
    ['notes', { notes: { memo: 'card 4111-1111-1111-1111' } }],
    ['the holder’s name', { card: aCard({ holder_name: '4111 1111 1111 1111' }) }],
    ['the request_id', { request_id: 'pay-4111111111111111' }],
    ['the callback URL', { callback_url: 'https://shop.example/cb?c=4111111111111111' }],
  ])('refuses a card number that is repeated in %s', async (_where, change) => {
    expect((await pay(change)).json).toEqual(
      badRequest('Validation failed: Card number must not be sent in any other field'),
    );
  });

  it('answers 404 for an unknown order and an unknown subscription', async () => {
    const order = await client().post('/api/v1/payments', aPayment('order_68c00b7btsthf'));
    expect([order.status, order.json]).toEqual([
      404,
      { error: 'Not Found', message: 'Order not found' },
    ]);
    const body = { ...aPayment(''), order_id: undefined, subscription_id: 'sub_1' };
    const subscription = await client().post('/api/v1/payments', body);
    expect([subscription.status, subscription.json]).toEqual([
      404,
      { error: 'Not Found', message: 'Subscription not found' },
    ]);
  });

  it('opens one payment per request_id, in both spellings, also once the order is paid', async () => {
    const duplicate = badRequest('Payment already exists for this request_id');
    const orderId = await client().order();
    const body = aPayment(orderId, { request_id: 'pay-7' });
    const first = await client().post('/api/v1/payments', body);
    const id = read(first.json, 'payment_id');
    const again = await client().post('/api/v1/payment', body);
    expect([again.status, again.json]).toEqual([400, duplicate]);
    client().sandbox.completePayment(id, 'approve');
    expect((await client().post('/api/v1/payments', body)).json).toEqual(duplicate);
    const found = await client().get('/api/v1/payment?request_id=pay-7');
    expect(found.json).toMatchObject({
      data: [{ id, status: 'success' }],
      page_meta: { count: 1 },
    });
  });

  it('keeps the request_ids of orders and payments apart', async () => {
    expect((await pay({ request_id: 'same' }, { request_id: 'same' })).status).toBe(201);
  });

  it('allows a new attempt while one is under way, and after one failed', async () => {
    const { orderId, paymentId } = await client().payment();
    expect((await client().post('/api/v1/payments', aPayment(orderId))).status).toBe(201);
    client().sandbox.completePayment(paymentId, 'decline');
    expect((await client().post('/api/v1/payments', aPayment(orderId))).status).toBe(201);
  });

  it('takes no second payment for a paid order', async () => {
    const { orderId, paymentId } = await client().payment();
    client().sandbox.completePayment(paymentId, 'approve');
    const again = await client().post('/api/v1/payments', aPayment(orderId));
    expect([again.status, again.json]).toEqual([400, badRequest('Order is already paid')]);
  });

  it('takes no card on an order that offers none', async () => {
    const answer = await pay({}, { payment_methods: ['bank_transfer'] });
    expect(answer.json).toEqual(badRequest('Payment method is not enabled for this order'));
  });

  it.each(testCards)('takes the test card of $network ending $number', async ({ number }) => {
    expect((await pay({ card: aCard({ number }) })).status).toBe(201);
  });

  it('keeps neither card number nor CVV anywhere it can be seen', async () => {
    const { paymentId } = await client().payment({ card: aCard({ cvv: '8317' }) });
    const { sandbox } = client();
    const pages = ['/', '/_sandbox/state', `/api/v1/payments/${paymentId}`, '/api/v1/payments'];
    const texts = await Promise.all(pages.map(async (page) => (await client().get(page)).text));
    const seen = [...texts, JSON.stringify(sandbox.payments.list())].join('\n');
    expect(seen).toContain(paymentId);
    expect(seen).not.toContain('4111111111111111');
    expect(seen).not.toMatch(/(?<!\d)8317(?!\d)/);
  });
});

describe('in production', () => {
  const production = useSandbox({ environment: 'production' });

  it('takes cards that are on no test list', async () => {
    const orderId = await production().order();
    const body = aPayment(orderId, { card: aCard({ number: '4242424242424242' }) });
    expect((await production().post('/api/v1/payments', body)).status).toBe(201);
  });
});

describe('GET /payments', () => {
  it.each([
    ['status=in_progress', 1],
    ['status=success', 1],
    ['status=failed', 1],
    ['status=action_required', 1],
    ['compliance_status=approved', 0],
    ['payment_type=orders', 4],
    ['payment_type=payment_link', 0],
    ['currency=usd', 4],
    ['currency=AED', 0],
    ['customer_id=cust_E602dMzgjpDC', 0],
    ['subscription_id=sub_1', 0],
    ['payin_id=plink_1', 0],
    ['request_id=pay-1&status=success', 1],
    ['request_id=pay-1&status=failed', 0],
  ])('filters by %s', async (query, count) => {
    const { sandbox } = client();
    await client().payment();
    sandbox.completePayment((await client().payment({ request_id: 'pay-1' })).paymentId, 'approve');
    sandbox.completePayment((await client().payment()).paymentId, 'decline');
    sandbox.completePayment((await client().payment({}, { amount: 6623 })).paymentId, 'approve');
    const answer = await client().get(`/api/v1/payments?${query}`);
    expect(answer.json).toMatchObject({ page_meta: { count } });
  });

  it('finds the payments of an order', async () => {
    const { orderId, paymentId } = await client().payment();
    await client().payment();
    const answer = await client().get(`/api/v1/payments?payin_id=${orderId}`);
    expect(answer.json).toMatchObject({ data: [{ id: paymentId }], page_meta: { count: 1 } });
  });

  it.each([
    'status=under_review',
    'status=pending',
    'compliance_status=open',
    'payin_id=payt_1',
    'payment_type=order',
    'payin_id=order_1&subscription_id=sub_1',
    'order_id=order_1',
  ])('refuses ?%s', async (query) => {
    expect((await client().get(`/api/v1/payments?${query}`)).status).toBe(400);
  });

  it.each(['payments', 'payment'])('says which ids are unknown at /%s', async (path) => {
    const unknown = await client().get(`/api/v1/${path}/payt_691eeb9aV79Uk`);
    expect([unknown.status, unknown.json]).toEqual([
      404,
      { error: 'Not Found', message: 'Payment not found' },
    ]);
    const wrong = await client().get(`/api/v1/${path}/order_68c00b7btsthf`);
    expect([wrong.status, wrong.json]).toEqual([400, badRequest("Id must start with 'payt_'")]);
  });
});

describe('duplicateCheckLast', () => {
  it('refuses a repeat in the words of the check that comes first', async () => {
    const order = await client().order();
    const again = () => client().post('/api/v1/payments', aPayment(order, { request_id: 'p-1' }));
    const paymentId = read((await again()).json, 'payment_id');
    client().sandbox.completePayment(paymentId, 'approve');
    expect((await again()).json).toEqual(badRequest('Payment already exists for this request_id'));

    client().sandbox.account.duplicateCheckLast = true;
    expect((await again()).json).toEqual(badRequest('Order is already paid'));
    expect(client().sandbox.payments.list()).toHaveLength(1);
  });

  it('still recognises a repeat that nothing else refuses', async () => {
    client().sandbox.account.duplicateCheckLast = true;
    const order = await client().order();
    const again = () => client().post('/api/v1/payments', aPayment(order, { request_id: 'p-2' }));
    await again();
    expect((await again()).json).toEqual(badRequest('Payment already exists for this request_id'));
  });
});
