import type { OwnMembers } from '../../wire/own-members.js';
import { looseText } from '../../wire/readers.js';

/** A bank account, as the gateway records it. Its number is personal data. */
export interface BankAccountDetails {
  readonly accountNumber: string | null;
  /** SWIFT code. */
  readonly bicPrimary: string | null;
  /** Local routing code, such as an IFSC. */
  readonly bicSecondary: string | null;
  readonly bankCustomerId: string | null;
}

export function readBankAccount(account: OwnMembers): BankAccountDetails {
  return {
    accountNumber: looseText(account.account_number),
    bicPrimary: looseText(account.bic_primary),
    bicSecondary: looseText(account.bic_secondary),
    bankCustomerId: looseText(account.bank_customer_id),
  };
}
