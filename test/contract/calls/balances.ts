import type { ResourceCalls } from '../call.js';

export const balances: ResourceCalls = {
  title: 'Balances',
  calls: [],
  missing: {
    getBalance: 'being built',
    createBalanceConversion: 'being built',
    getBalanceConversions: 'being built',
  },
};
