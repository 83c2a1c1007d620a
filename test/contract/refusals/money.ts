import type { PlainAnswer, PlainClient } from '../plain-client.js';
import { answered, invalid, refusal } from './refusal.js';
import type { Refusal } from './refusal.js';

/** Customers, and the merchant's own money. */
export const otherRefusals: readonly Refusal[] = [
  invalid('a customer is known, in other letters', 'Email has already been taken', async (it) => {
    const email = `known-${it.another}@example.com`;
    await it.customer({ email });
    return customer(it, { email: email.toUpperCase() });
  }),
  invalid("a customer's name has a sign", 'Name is invalid', (it) =>
    customer(it, { name: 'A$ha' }),
  ),
  refusal(
    'a conversion names both amounts',
    'You can only send source_amount or target_amount, not both.',
    (it) => it.call('POST', '/api/v1/balance_conversions', { source_amount: 1, target_amount: 1 }),
  ),
  invalid('a settlement is in a currency that is none', 'currency is not a valid currency', (it) =>
    it.call('POST', '/api/v1/settlements', { amount: 1, balance_currency: 'XXX' }),
  ),
  answered(
    'a payment is settled twice',
    [
      422,
      {
        error: 'Unprocessable Entity',
        message: 'Payments cannot be settled: some payments are already settled',
      },
    ],
    async (it) => {
      const id = await it.paid();
      await settle(it, id);
      return settle(it, id);
    },
  ),
  ...['v1', 'v2'].flatMap((version) => {
    const path = `/api/${version}/virtual-accounts`;
    const account = { payment_type: 'local', currency: version === 'v1' ? 'AED' : 'EUR' };
    return [
      refusal(`an account has no currency, ${version}`, 'Missing Required parameters', (it) =>
        it.call('POST', path, { ...account, currency: undefined }),
      ),
      answered(
        `an account is there already, ${version}`,
        [409, { error: 'Duplicate record', message: 'Virtual Account already exists' }],
        async (it) => {
          await it.call('POST', path, account);
          return it.call('POST', path, account);
        },
      ),
    ];
  }),
];

function customer(gateway: PlainClient, change: object): Promise<PlainAnswer> {
  return gateway.call('POST', '/api/v1/customer', {
    name: 'Asha Rao',
    customer_type: 'individual',
    email: `someone-${gateway.another}@example.com`,
    address: '12 Quay Road',
    city: 'Porto',
    state: 'Porto',
    country: 'PRT',
    ...change,
  });
}

function settle(gateway: PlainClient, id: string): Promise<PlainAnswer> {
  return gateway.call('POST', '/api/v1/settlements', { payment_ids: [id] });
}
