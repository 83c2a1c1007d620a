import { describe, expect, it } from '@jest/globals';
import { badRequest, useSandbox } from '../../test/client.js';

const client = useSandbox();
const fixed = { pricing_type: 'fixed', fees_amount: 100, fees_currency: 'USD' };
const percentage = { pricing_type: 'percentage', bps: 100 };
const create = (body: object) => client().post('/api/v1/prices', body);

describe('POST /prices', () => {
  it.each([
    ['Bps must be blank for fixed prices', { ...fixed, bps: 1 }],
    ['Fees amount must be blank for percentage prices', { ...percentage, fees_amount: 1 }],
    ['Fees currency must be blank for percentage prices', { ...percentage, fees_currency: 'USD' }],
  ])('refuses with "%s"', async (problem, body) => {
    const { status, json } = await create(body);
    expect([status, json]).toEqual([400, badRequest(`Validation failed: ${problem}`)]);
    expect(client().sandbox.prices.list()).toEqual([]);
  });

  it('has one default: the first, until another says that it is', async () => {
    const defaults = () =>
      client()
        .sandbox.prices.list()
        .map((price) => price.set_as_default);
    await create(fixed);
    await create(percentage);
    expect(defaults()).toEqual([false, true]);
    await create({ ...percentage, set_as_default: true });
    expect(defaults()).toEqual([true, false, false]);
  });
});
