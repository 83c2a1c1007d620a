import type { ResourceCalls } from '../call.js';

export const paymentLinks: ResourceCalls = {
  title: 'Payment links',
  calls: [],
  missing: {
    createPayin: 'being built',
    getPayins: 'being built',
    getPayinById: 'being built',
    updatePayin: 'being built',
    cancelPayin: 'being built',
    updatePayinRfi: 'being built',
  },
};
