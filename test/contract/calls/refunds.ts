import type { ResourceCalls } from '../call.js';

export const refunds: ResourceCalls = {
  title: 'Refunds',
  calls: [],
  missing: {
    createRefund: 'being built',
    getRefunds: 'being built',
    getRefundById: 'being built',
    updateRfiRefund: 'being built',
  },
};
