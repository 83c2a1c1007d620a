import type { Beneficiary } from '../beneficiaries/beneficiary.js';
import { ibanCountry } from '../beneficiaries/iban.js';
import type { Rail } from '../quotes/rail.js';

/**
 * Whether a beneficiary has what a rail needs. INFERRED: an account for a local rail is in the rail's
 * currency, `upi` needs an account for UPI, and one at a bank is needed by every other rail. Not checked
 * here: that the country of a BIC is that of the bank's address.
 */
export function isPayableBy(rail: Rail, { bank_account, upi_account }: Beneficiary): boolean {
  if (rail === 'upi') return upi_account !== null;
  if (!bank_account) return false;
  const { account_number, swift_code, local_routing_number, currency } = bank_account;
  const isIn = (wanted: string) => currency === wanted;
  const hasRouting = local_routing_number !== null;
  const country = ibanCountry(account_number);
  switch (rail) {
    case 'swift':
      return swift_code !== null;
    case 'imps':
    case 'neft':
    case 'rtgs':
      return isIn('INR') && hasRouting;
    case 'ipp':
    case 'fts':
      return isIn('AED') && country === 'AE';
    case 'sepa':
      return isIn('EUR') && country !== undefined;
    case 'fps':
      return isIn('GBP') && hasRouting;
    case 'npp':
      return isIn('AUD') && hasRouting;
  }
}
