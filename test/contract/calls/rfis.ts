import type { ResourceCalls } from '../call.js';

export const rfis: ResourceCalls = {
  title: 'RFIs',
  calls: [],
  missing: {
    getRfis: 'being built',
    getRfi: 'being built',
    respondRfi: 'being built',
  },
};
