import type { HandCalls, WireCall } from '../call.js';
import type { PlainClient } from '../plain-client.js';

const account = { payment_type: 'local', currency: 'AED' };
const closing = `/api/v1/virtual-accounts?payment_type=local&currency=AED`;

const made: Pick<WireCall, 'smallest' | 'fullest' | 'arrange'> = {
  smallest: { wire: account },
  fullest: { 'every member': { wire: account } },
  arrange: async (gateway) => {
    await gateway.call('DELETE', closing);
    return {};
  },
};

async function there(gateway: PlainClient): Promise<object> {
  await gateway.call('POST', '/api/v2/virtual-accounts', account);
  return {};
}

export const virtualAccounts: HandCalls = {
  title: 'Virtual accounts',
  file: 'virtual-accounts',
  calls: [
    { endpoint: 'createVirtualAccountV2', ...made },
    { endpoint: 'createVirtualAccount', ...made },
    {
      endpoint: 'getVirtualAccounts',
      smallest: {},
      fullest: {
        'every filter': {
          wire: {
            currency: 'AED',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01T00:00:00Z',
            per_page: 10,
            page: 1,
          },
        },
      },
      arrange: there,
    },
    {
      endpoint: 'closeVirtualAccount',
      smallest: { wire: account },
      fullest: { 'every member': { wire: account } },
      arrange: there,
    },
  ],
};
