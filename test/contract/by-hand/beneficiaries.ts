import type { HandCalls } from '../call.js';

const address = {
  address_line1: '4 Harbour Yard',
  address_line2: 'Room 7',
  city: 'New York',
  state: 'NY',
  country_code: 'USA',
  postal_code: '10001',
};
const { address_line1, city, state, country_code } = address;

const payee = {
  name: 'Quay Partners',
  type: 'business',
  email: 'ap@example.com',
  phone: '+1-555-123-4567',
  nickname: 'Quay, main account',
  address,
  documents: ['doc_68e7980auYRAs'],
};

export const beneficiaries: HandCalls = {
  title: 'Beneficiaries',
  file: 'beneficiaries',
  calls: [
    {
      endpoint: 'createBeneficiaryV2',
      smallest: {
        wire: {
          category: 'payout',
          beneficiary: {
            name: payee.name,
            type: payee.type,
            address: { address_line1, city, state, country_code },
          },
          bank_account: { account_number: '1234567890', currency: 'USD', swift_code: 'CITIUS33' },
        },
      },
      fullest: {
        'bank, of a remittance': {
          wire: {
            category: 'lrs',
            beneficiary: payee,
            bank_account: {
              account_number: '1234567890',
              currency: 'USD',
              name: 'Harbour Bank',
              swift_code: 'CITIUS33',
              local_routing_number: '021000089',
              address,
              intermediate_bank: { swift_code: 'CHASUS33' },
            },
            notes: { invoice_ref: 'INV-2026-001' },
          },
        },
        upi: {
          wire: { category: 'payout', beneficiary: payee, upi_account: { upi_id: 'quay@bank' } },
        },
      },
      arrange: async (gateway) => ({ wire: { 'bank_account.account_number': gateway.account } }),
      gaps: {
        sandbox: {
          'is refused without bank_account.intermediate_bank, for bank, of a remittance':
            'what is required is the code inside of it, where it is sent',
        },
      },
    },
    {
      endpoint: 'listBeneficiariesV2',
      smallest: {},
      fullest: {
        'every filter': {
          wire: {
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01T00:00:00Z',
            per_page: 10,
            page: 1,
          },
        },
      },
      arrange: async (gateway) => {
        await gateway.beneficiary();
        return {};
      },
    },
    {
      endpoint: 'getBeneficiaryByIdV2',
      smallest: {},
      arrange: async (gateway) => ({ id: await gateway.beneficiary() }),
    },
  ],
};
