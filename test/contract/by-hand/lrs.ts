import type { HandCalls } from '../call.js';

const source = { source_amount: 1000, source_currency: 'USD', target_currency: 'INR' };

export const lrs: HandCalls = {
  title: 'Remittances',
  file: 'lrs',
  calls: [
    { endpoint: 'getLrsBanks', smallest: {} },
    {
      endpoint: 'createLrsCustomerBankAccount',
      smallest: { wire: { bank_code: 'hdfc', account_number: '12345678901234' } },
      fullest: {
        'every member': {
          wire: {
            bank_code: 'hdfc',
            account_number: '12345678901234',
            bank_customer_id: '12345678',
          },
        },
      },
      arrange: async (gateway) => ({ id: await gateway.residentOfIndia() }),
      gaps: {
        sandbox: {
          'is answered 404 for an id that nobody has': 'documented as 400 of this call',
        },
      },
    },
    {
      endpoint: 'createLrsQuote',
      smallest: { wire: { bank_code: 'hdfc', ...source } },
      fullest: {
        'of a payin': { wire: { resource: 'payin', bank_code: 'hdfc', ...source } },
        'of a payout': { wire: { resource: 'payout', ...source } },
      },
    },
  ],
};
