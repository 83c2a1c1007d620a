import type { HandCalls } from '../call.js';
import { answered } from './answered.js';

export const olderPayments: HandCalls = {
  title: 'Payments',
  file: 'older-payments',
  calls: [
    {
      endpoint: 'updateRfiPayment',
      ...answered,
      arrange: async (gateway) => {
        const id = await gateway.heldPayment();
        const wanted = gateway.sandbox.rfis.list()[0]?.documents_required[0]?.rfi_doc_id;
        return { id, wire: { 'documents[].rfi_doc_id': wanted } };
      },
    },
  ],
};
