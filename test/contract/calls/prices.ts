import type { ResourceCalls } from '../call.js';

export const prices: ResourceCalls = {
  title: 'Prices',
  calls: [],
  missing: {
    createPrice: 'being built',
    getPrices: 'being built',
    getPriceById: 'being built',
  },
};
