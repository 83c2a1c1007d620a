import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';

const client = useSandbox();

const quote = (change: object = {}) =>
  client().post('/api/v1/quotes', {
    resource: 'payin',
    source_currency: 'EUR',
    destination_currency: 'USD',
    source_amount: 10_000,
    payment_method: { type: 'bank_transfer', subtype: 'local_transfer' },
    ...change,
  });

describe('POST /quotes', () => {
  it('takes both spellings of the method, and answers the published one', async () => {
    const method = { payment_method: 'pay_via_bank', subtype: 'swift_transfer' };
    const answer = await quote({ payment_method: undefined, method });
    expect(answer.json).toMatchObject({ quotes: [{ method: { ...method, payment_rail: null } }] });
    expect((await quote({ method })).status).toBe(400);
  });

  it.each([
    ["Validation failed: Resource can't be blank", { resource: undefined }],
    ["Validation failed: Payment method can't be blank", { payment_method: undefined }],
    ["Validation failed: Payment method type can't be blank", { payment_method: {} }],
    [
      'Validation failed: Exactly one of source amount and destination amount must be present',
      { destination_amount: 1 },
    ],
    [
      'Validation failed: Exactly one of source amount and destination amount must be present',
      { source_amount: undefined },
    ],
    ['Source amount must be an integer', { source_amount: '1' }],
    ['Currency not supported', { destination_currency: 'INR' }],
    ['Currency not supported', { source_currency: 'XXX' }],
    [
      'local_transfer is not supported for SGD destination',
      { resource: 'payout', destination_currency: 'SGD' },
    ],
    ['No available options for this amount', { source_amount: 1 }],
  ])('refuses with "%s" %j', async (message, change) => {
    const answer = await quote(change);
    expect([answer.status, answer.json]).toEqual([400, badRequest(message)]);
    expect(client().sandbox.quotes.list()).toEqual([]);
  });

  it('does not repeat a text that is no currency', async () => {
    const { text } = await quote({ resource: 'payout', destination_currency: 'evil text' });
    expect(text).not.toContain('evil');
  });

  it('is all there is: a quote can be neither listed nor fetched', async () => {
    const { json } = await quote();
    const id = read(json, 'quotes', '0', 'id');
    expect((await client().get('/api/v1/quotes')).status).toBe(404);
    expect((await client().get(`/api/v1/quotes/${id}`)).status).toBe(404);
    expect(client().sandbox.quotes.get(id)).toMatchObject({ id });
  });

  it('locks its rate: a later change of rates touches no order that was made with it', async () => {
    const { sandbox } = client();
    const { json } = await quote();
    const id = read(json, 'quotes', '0', 'id');
    sandbox.rates.set('EUR', 'USD', 5);
    const order = await client().post('/api/v1/orders', {
      customer_id: sandbox.demoCustomerId,
      quote_id: id,
    });
    expect(order.json).toMatchObject({ amount: sandbox.quotes.get(id)?.destination_amount });
    expect(sandbox.quotes.get(id)?.fx_rate).toBe(1.086957);
  });

  it('shows in the state what a quote was used for', async () => {
    const id = read((await quote()).json, 'quotes', '0', 'id');
    const order = await client().post('/api/v1/orders', {
      customer_id: client().sandbox.demoCustomerId,
      quote_id: id,
    });
    const state = await client().get('/_sandbox/state', { key: null });
    expect(state.json).toMatchObject({ quotes: [{ id, used_by: read(order.json, 'id') }] });
  });
});
