import type { ResourceCalls } from '../call.js';

export const documents: ResourceCalls = {
  title: 'Documents',
  calls: [],
  missing: {
    createDocument: 'being built',
    getDocuments: 'being built',
    getDocumentById: 'being built',
  },
};
