import type { HandCalls } from '../call.js';
import { answered } from './answered.js';

const beneficiary = 'bene_5JU9yv0lGSUP';

const money = {
  source_currency: 'USD',
  destination_currency: 'USD',
  source_amount: 1000,
};

export const payouts: HandCalls = {
  title: 'Payouts',
  file: 'payouts',
  calls: [
    {
      endpoint: 'createPayout',
      smallest: {
        wire: { beneficiary_id: beneficiary, purpose_code: 'S0802', ...money },
      },
      fullest: {
        without_quote: {
          wire: {
            beneficiary_id: beneficiary,
            purpose_code: 'S0802',
            ...money,
            payment_rail: 'swift',
            request_id: 'payout-1',
            invoice_number: 'INV-2026-001',
            documents: ['doc_5JU9yv0lGSUP'],
            notes: { batch: '42' },
          },
        },
        'without_quote, of what arrives': {
          wire: {
            beneficiary_id: beneficiary,
            purpose_code: 'S0802',
            source_currency: 'USD',
            destination_currency: 'USD',
            destination_amount: 1000,
          },
        },
        with_quote: {
          wire: {
            beneficiary_id: beneficiary,
            purpose_code: 'S0802',
            quote_id: 'quote_1',
            request_id: 'payout-1',
          },
        },
      },
      arrange: async (gateway) => ({
        wire: {
          beneficiary_id: await gateway.beneficiary(),
          quote_id: await gateway.payoutQuote(),
        },
      }),
    },
    {
      endpoint: 'getPayouts',
      smallest: {},
      fullest: {
        'every filter': {
          wire: {
            beneficiary_id: beneficiary,
            status: 'in_progress',
            request_id: 'payout-1',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01T00:00:00Z',
            per_page: 10,
            page: 1,
          },
        },
      },
      arrange: async (gateway) => {
        await gateway.payout();
        return {};
      },
    },
    {
      endpoint: 'getPayoutById',
      smallest: {},
      arrange: async (gateway) => ({ id: await gateway.payout() }),
    },
    {
      endpoint: 'cancelPayout',
      smallest: {},
      arrange: async (gateway) => ({ id: await gateway.queuedPayout() }),
    },
    {
      endpoint: 'updateRfiPayout',
      ...answered,
      arrange: async (gateway) => {
        const id = await gateway.queuedPayout();
        gateway.sandbox.account.payoutQueueing = true;
        const mocked = { id, status: 'action_required' };
        await gateway.call('PATCH', '/api/v1/payouts/mock', mocked);
        gateway.sandbox.account.payoutQueueing = false;
        const wanted = gateway.sandbox.rfis.list()[0]?.documents_required[0]?.rfi_doc_id;
        return { id, wire: { 'documents[].rfi_doc_id': wanted } };
      },
    },
  ],
};
