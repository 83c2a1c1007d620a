import type { ResourceCalls } from '../call.js';

export const mocks: ResourceCalls = {
  title: 'Mocks',
  calls: [],
  missing: {
    createMockPayment: 'being built',
    mockUpdatePaymentFundsAvailable: 'being built',
    mockReviewPaymentLink: 'being built',
    mockUpdateRefund: 'being built',
  },
};
