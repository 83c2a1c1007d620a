import type { HandCalls } from '../call.js';
import type { PlainClient } from '../plain-client.js';

const paged = {
  before: '2099-01-01T00:00:00Z',
  after: '2020-01-01T00:00:00Z',
  per_page: 10,
  page: 1,
};

/** Of more than any fee of a price takes. */
async function paid(gateway: PlainClient): Promise<string> {
  const id = await gateway.payment({ amount: 50_000 });
  gateway.sandbox.completePayment(id, 'approve');
  return id;
}

async function settled(gateway: PlainClient): Promise<string> {
  return gateway.made('/api/v1/settlements', { payment_ids: [await paid(gateway)] });
}

export const settlements: HandCalls = {
  title: 'Settlements',
  file: 'settlements',
  calls: [
    {
      endpoint: 'createSettlement',
      smallest: { wire: { amount: 100, balance_currency: 'EUR' } },
      fullest: {
        by_amount: { wire: { amount: 100, balance_currency: 'EUR' } },
        by_payments: { wire: { payment_ids: ['payt_687f1f833Hdgx'] } },
      },
      arrange: async (gateway) => ({ wire: { payment_ids: [await paid(gateway)] } }),
    },
    {
      endpoint: 'getSettlements',
      smallest: {},
      fullest: { 'every filter': { wire: paged } },
      arrange: async (gateway) => {
        await settled(gateway);
        return {};
      },
    },
    {
      endpoint: 'getSettlementById',
      smallest: {},
      arrange: async (gateway) => ({ id: await settled(gateway) }),
    },
    {
      endpoint: 'getTransactionsLinkedToSettlement',
      smallest: {},
      fullest: { 'every filter': { wire: paged } },
      arrange: async (gateway) => ({ id: await settled(gateway) }),
    },
  ],
};
