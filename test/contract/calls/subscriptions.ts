import type { ResourceCalls } from '../call.js';

export const subscriptions: ResourceCalls = {
  title: 'Subscriptions',
  calls: [],
  missing: {
    createSubscription: 'being built',
    getSubscriptions: 'being built',
    getSubscriptionById: 'being built',
    pauseSubscription: 'being built',
    resumeSubscription: 'being built',
    cancelSubscription: 'being built',
    updateNextPaymentDate: 'being built',
  },
};
