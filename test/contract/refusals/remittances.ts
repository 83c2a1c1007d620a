import type { PlainAnswer, PlainClient } from '../plain-client.js';
import { invalid, refusal } from './refusal.js';
import type { Refusal } from './refusal.js';

/** Accounts and quotes of remittances. */
export const remittanceRefusals: readonly Refusal[] = [
  invalid('an account has no number', "Account number can't be blank", (it) =>
    account(it, { account_number: undefined }),
  ),
  invalid('an account is at a bank in capitals', 'Bank code HDFC is not a valid bank code', (it) =>
    account(it, { bank_code: 'HDFC' }),
  ),
  invalid(
    'an account is at a bank that is off',
    'Bank code axis is not enabled for your business',
    (it) => account(it, { bank_code: 'axis' }),
  ),
  invalid("the bank's customer has letters", 'Bank customer ID must contain only digits', (it) =>
    account(it, { bank_customer_id: '12ab' }),
  ),
  refusal('an account is of nobody', 'Customer does not exist', (it) =>
    account(it, {}, 'cust_6889e287Vfq'),
  ),
  refusal('an account is there already', 'Bank account already exists', async (it) => {
    const customer = await it.residentOfIndia();
    await account(it, {}, customer);
    return account(it, {}, customer);
  }),
  invalid('a quote names no bank', "Bank code can't be blank", (it) =>
    quote(it, { bank_code: undefined }),
  ),
  invalid(
    'a quote is at a bank that is off',
    'Bank code axis is not enabled for your business',
    (it) => quote(it, { bank_code: 'axis' }),
  ),
  invalid('a quote begins in euros', 'Source currency is not supported', (it) =>
    quote(it, { source_currency: 'EUR' }),
  ),
  invalid(
    'a quote stays in dollars',
    'source_currency and target_currency cannot be the same',
    (it) => quote(it, { target_currency: 'USD' }),
  ),
  ...[10.5, '10.5', '1e3', true].map((source_amount) =>
    invalid(
      `a quote is of ${typeof source_amount} ${source_amount}`,
      'Source amount must be an integer',
      (it) => quote(it, { source_amount }),
    ),
  ),
  refusal(
    'a quote is of too little',
    'Amount 100.00 INR is below minimum limit. (Minimum limit is 10.00 USD)',
    (it) => quote(it, { source_amount: 10_000, source_currency: 'INR', target_currency: 'USD' }),
  ),
  refusal(
    'a quote is of too much',
    'Amount 5,000,000.00 INR exceeds maximum limit. (Maximum limit is 50,000.00 USD)',
    (it) =>
      quote(it, { source_amount: 500_000_000, source_currency: 'INR', target_currency: 'USD' }),
  ),
  invalid('a payout names a bank', 'Bank code is not supported for payout quotes', (it) =>
    quote(it, { resource: 'payout' }),
  ),
  invalid('a payout is to dollars', 'payout quotes are only supported from USD to INR', (it) =>
    quote(it, { ...payout, source_currency: 'INR', target_currency: 'USD' }),
  ),
  refusal('nothing of a payout would arrive', 'No available options for this amount', (it) => {
    it.sandbox.rates.set('USD', 'INR', 0.01);
    return quote(it, { ...payout, source_amount: 1 }).finally(() =>
      it.sandbox.rates.set('USD', 'INR', 84.85),
    );
  }),
];

const payout = { resource: 'payout', bank_code: undefined };

async function account(
  gateway: PlainClient,
  change: object,
  customer = gateway.sandbox.demoCustomerId,
): Promise<PlainAnswer> {
  const body = { bank_code: 'hdfc', account_number: '12345678901234', ...change };
  return gateway.call('POST', `/api/v1/customer/${customer}/bank_account`, body);
}

function quote(gateway: PlainClient, change: object): Promise<PlainAnswer> {
  const body = {
    bank_code: 'hdfc',
    source_currency: 'USD',
    target_currency: 'INR',
    source_amount: 1000,
  };
  return gateway.call('POST', '/api/v1/lrs/quotes', { ...body, ...change });
}
