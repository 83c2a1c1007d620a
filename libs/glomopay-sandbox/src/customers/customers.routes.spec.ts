import { describe, expect, it } from '@jest/globals';
import { aCustomer, badRequest, read, useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';

const clock = new ManualClock();
const client = useSandbox({ clock });

describe('POST /customer', () => {
  it('creates a customer without the optional fields', async () => {
    const answer = await client().post('/api/v1/customer', aCustomer());
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({
      ...aCustomer(),
      id: expect.stringMatching(/^cust_[0-9a-f]{8}[A-Za-z0-9]{5}$/),
      phone: null,
      dob: null,
      nationality: null,
      pincode: null,
      status: 'active',
      created_at: '2026-03-01T12:00:00.000Z',
      updated_at: '2026-03-01T12:00:00.000Z',
    });
  });

  it('returns the PAN as tax_identification_number', async () => {
    const body = aCustomer({ kyc: { pan_number: 'IXQPK8942E' }, country: 'IND' });
    const answer = await client().post('/api/v1/customer', body);
    expect(answer.json).toMatchObject({ tax_identification_number: 'IXQPK8942E' });
    expect(answer.json).not.toHaveProperty('kyc');
  });

  it('takes an e-mail once per country, in any letter case', async () => {
    await client().post('/api/v1/customer', aCustomer());
    const again = await client().post(
      '/api/v1/customer',
      aCustomer({ email: 'JANE.ROE@example.COM' }),
    );
    expect([again.status, again.json]).toEqual([
      400,
      badRequest('Validation failed: Email has already been taken'),
    ]);
    const elsewhere = await client().post('/api/v1/customer', aCustomer({ country: 'GBR' }));
    expect(elsewhere.status).toBe(201);
  });

  it.each([
    ['Name is invalid', { name: 'under_score' }],
    ['Name is invalid', { name: 'J' }],
    ['Name is invalid', { name: 'José Núñez' }],
    ['Name is invalid', { name: 'x'.repeat(129) }],
    ["Name can't be blank", { name: ' ' }],
    ["Name can't be blank", { name: null }],
    ["Customer type can't be blank", { customer_type: undefined }],
    ['Customer type is not included in the list', { customer_type: 'Individual' }],
    ['Email is invalid', { email: 'no-at-sign' }],
    ['Email is invalid', { email: 7 }],
    ['Phone is invalid', { phone: '9023456789' }],
    ['Dob is invalid', { dob: '2003-02-30' }],
    ['Dob must be in the past', { dob: '2026-03-01' }],
    ['Nationality is invalid', { nationality: 'Ind' }],
    ['Country is invalid', { country: 'US' }],
    ["Address can't be blank", { address: undefined }],
    ['Kyc must be an object', { kyc: 'IXQPK8942E' }],
    ['Kyc pan number is invalid', { kyc: { pan_number: 'nope' } }],
    ['Kyc contains an unknown field', { kyc: { aadhaar: '1' } }],
    ['Request contains an unknown field', { emial: 'a@b.example' }],
  ])('refuses with "%s" %j', async (problem, change) => {
    const answer = await client().post('/api/v1/customer', aCustomer(change));
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual(badRequest(`Validation failed: ${problem}`));
  });

  it('names every problem in one message', async () => {
    const answer = await client().post('/api/v1/customer', aCustomer({ name: '_', city: '' }));
    expect(answer.json).toEqual(
      badRequest("Validation failed: Name is invalid, City can't be blank"),
    );
  });
});

describe('PATCH /customer/{id}', () => {
  it('changes e-mail and phone', async () => {
    const { id } = { id: client().sandbox.demoCustomerId };
    clock.advance(1000);
    const change = { email: 'new@example.com', phone: '+91-9023456789' };
    const answer = await client().call('PATCH', `/api/v1/customer/${id}`, change);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ id, ...change, name: 'Demo Customer' });
    expect(read(answer.json, 'updated_at') > read(answer.json, 'created_at')).toBe(true);
  });

  it('changes nothing else', async () => {
    const path = `/api/v1/customer/${client().sandbox.demoCustomerId}`;
    const answer = await client().call('PATCH', path, { name: 'Someone Else' });
    expect(answer.status).toBe(400);
    expect((await client().get(path)).json).toMatchObject({ name: 'Demo Customer' });
  });

  it('refuses an e-mail that another customer has', async () => {
    await client().post('/api/v1/customer', aCustomer());
    const path = `/api/v1/customer/${client().sandbox.demoCustomerId}`;
    const answer = await client().call('PATCH', path, { email: 'jane.roe@EXAMPLE.com' });
    expect(answer.json).toEqual(badRequest('Validation failed: Email has already been taken'));
  });
});

describe('GET /customer', () => {
  it.each([
    ['email_address=JANE.ROE@example.com', 1],
    ['email_address=jane.roe@example.com', 1],
    ['email_address=nobody@example.com', 0],
    ['customer_type=individual', 2],
    ['customer_type=business', 0],
    ['tax_identification_number=%20ixqpk8942e%20', 1],
  ])('filters by %s', async (query, count) => {
    await client().post(
      '/api/v1/customer',
      aCustomer({ email: 'Jane.Roe@example.com', kyc: { pan_number: 'IXQPK8942E' } }),
    );
    const answer = await client().get(`/api/v1/customer?${query}`);
    expect(answer.json).toMatchObject({ page_meta: { count } });
  });

  it.each(['customer_type=person', 'tax_identification_number=123'])(
    'refuses %s',
    async (query) => {
      expect((await client().get(`/api/v1/customer?${query}`)).status).toBe(400);
    },
  );

  it('finds one by id, and says which are unknown or of another kind', async () => {
    const { demoCustomerId } = client().sandbox;
    const found = await client().get(`/api/v1/customer/${demoCustomerId}`);
    expect(found.json).toMatchObject({ id: demoCustomerId });
    const unknown = await client().get('/api/v1/customer/cust_E602dMzgjpDC');
    expect([unknown.status, unknown.json]).toEqual([
      404,
      { error: 'Not Found', message: 'Customer not found' },
    ]);
    const wrong = await client().get('/api/v1/customer/order_68c00b7btsthf');
    expect([wrong.status, wrong.json]).toEqual([400, badRequest("Id must start with 'cust_'")]);
  });
});
