import type { PlainAnswer, PlainClient } from '../plain-client.js';
import { answered, onAccount, refusal } from './refusal.js';
import type { Refusal } from './refusal.js';

const CATEGORIES = 'Category must be one of: lrs, payout';

/** Beneficiaries. */
export const beneficiaryRefusals: readonly Refusal[] = [
  refusal('it has no category', `Category can't be blank, ${CATEGORIES}`, (it) =>
    beneficiary(it, { category: undefined }),
  ),
  refusal('it is of another category', CATEGORIES, (it) => beneficiary(it, { category: 'other' })),
  refusal('it has no name', "Beneficiary name can't be blank", (it) =>
    beneficiary(it, { beneficiary: { ...payee, name: undefined } }),
  ),
  refusal('it has no address', 'Beneficiary address is required', (it) =>
    beneficiary(it, { beneficiary: { ...payee, address: undefined } }),
  ),
  ...['CITIUS3', 'CITIUS33XXXX'].map((swift_code) =>
    refusal(`its swift code is ${swift_code}`, 'Swift code must be 8 to 11 characters long', (it) =>
      beneficiary(it, { bank_account: { ...bankAccount(it), swift_code } }),
    ),
  ),
  refusal('it remits by a long swift code', 'Swift code must be 8 characters long', (it) =>
    remitting(it, { swift_code: 'CITIUS33XXX' }),
  ),
  refusal('it remits without a routing number', "Local routing number can't be blank", (it) =>
    remitting(it, { local_routing_number: undefined }),
  ),
  answered(
    'its account is known',
    unprocessable(
      'Validation failed: Business already had this Account Number, Account Type and Transfer Method',
    ),
    async (it) => {
      const bank_account = bankAccount(it);
      await beneficiary(it, { bank_account });
      return beneficiary(it, { bank_account });
    },
  ),
  answered(
    'it lacks a note that the account wants',
    unprocessable('Validation failed: Notes tax_identification_number is required'),
    onAccount({ requiredNotes: ['tax_identification_number'] }, (it) => beneficiary(it, {})),
  ),
];

const address = { address_line1: '1 Quay', city: 'Porto', state: 'Porto', country_code: 'PRT' };
const payee = { name: 'Acme', type: 'business', address };

function unprocessable(message: string): readonly [number, object] {
  return [422, { error: 'Unprocessable Entity', message }];
}

function bankAccount(gateway: PlainClient): object {
  return { account_number: gateway.account, currency: 'USD', swift_code: 'CITIUS33' };
}

function whole(gateway: PlainClient): object {
  return { category: 'payout', beneficiary: payee, bank_account: bankAccount(gateway) };
}

function beneficiary(gateway: PlainClient, change: object): Promise<PlainAnswer> {
  return gateway.call('POST', '/api/v2/beneficiaries', { ...whole(gateway), ...change });
}

function remitting(gateway: PlainClient, change: object): Promise<PlainAnswer> {
  const codes = { name: 'Citibank NA', local_routing_number: '021000089', ...change };
  const bank_account = { ...bankAccount(gateway), ...codes };
  return beneficiary(gateway, { category: 'lrs', bank_account });
}
