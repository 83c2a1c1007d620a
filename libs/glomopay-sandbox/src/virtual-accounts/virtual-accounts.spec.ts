import { describe, expect, it } from '@jest/globals';
import { badRequest, useSandbox } from '../../test/client.js';

const client = useSandbox({ merchantName: 'Quay Exports' });
const local = { payment_type: 'local', currency: 'AED' };

const close = (query: string) => client().call('DELETE', `/api/v1/virtual-accounts?${query}`);
const told = () =>
  client()
    .sandbox.webhooks.events()
    .map(({ type }) => type);

describe.each(['/api/v1/virtual-accounts', '/api/v2/virtual-accounts'])('POST %s', (path) => {
  it('makes an account of each type and currency, once', async () => {
    const { status, json } = await client().post(path, local);
    expect(status).toBe(201);
    expect(json).toEqual({
      account_id: 'VA1001',
      currency: 'AED',
      account_number: expect.stringMatching(/^AE88\d{12}$/),
      name: 'Quay Exports',
      status: 'active',
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    const again = await client().post('/api/v1/virtual-accounts', local);
    expect([again.status, again.json]).toEqual([
      409,
      { error: 'Duplicate record', message: 'Virtual Account already exists' },
    ]);
    expect((await client().post(path, { ...local, payment_type: 'swift' })).status).toBe(201);
    expect((await client().post(path, { ...local, currency: 'EUR' })).status).toBe(201);
    expect(told()).toEqual(Array(3).fill('virtual_account.active'));
    expect((await client().get(`${path}?currency=EUR`)).json).toMatchObject({
      data: [{ account_id: 'VA1003' }],
      page_meta: { count: 1 },
    });
  });

  it.each([
    ['Missing Required parameters', {}],
    ['Missing Required parameters', { currency: 'AED' }],
    [
      'Validation failed: Payment type is not included in the list',
      { ...local, payment_type: 'x' },
    ],
    ['Validation failed: Currency is not included in the list', { ...local, currency: 'INR' }],
    ['Validation failed: Request contains an unknown field', { ...local, name: 'x' }],
  ])('is refused with "%s"', async (message, body) => {
    const { status, json } = await client().post(path, body);
    expect([status, json]).toEqual([400, badRequest(message)]);
  });
});

describe('DELETE /virtual-accounts', () => {
  it('closes one, which can be made anew then', async () => {
    await client().post('/api/v2/virtual-accounts', local);
    const query = 'payment_type=local&currency=AED';
    expect((await close(query)).json).toMatchObject({ account_id: 'VA1001', status: 'inactive' });
    expect((await close(query)).json).toEqual({
      error: 'Not Found',
      message: 'Virtual Account not found',
    });
    const anew = await client().post('/api/v2/virtual-accounts', local);
    expect(anew.json).toMatchObject({ account_id: 'VA1002', status: 'active' });
    expect(told()[1]).toBe('virtual_account.inactive');
  });

  it.each([
    ['currency=AED', 'Missing Required parameters'],
    ['payment_type=local', 'Missing Required parameters'],
    ['payment_type=x&currency=AED', 'Validation failed: Payment type is not included in the list'],
  ])('is refused for %s', async (query, message) => {
    expect((await close(query)).json).toEqual(badRequest(message));
  });
});
