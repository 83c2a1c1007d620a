import type { ResourceCalls } from '../call.js';

export const quotes: ResourceCalls = {
  title: 'Quotes',
  calls: [],
  missing: {
    createQuote: 'being built',
  },
};
