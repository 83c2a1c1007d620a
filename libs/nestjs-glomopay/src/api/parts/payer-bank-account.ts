import { looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';

/** The bank account that the payer is to pay from. */
export interface PayerBankAccount {
  readonly accountNumber: string | null;
  /** SWIFT code. */
  readonly bicPrimary: string | null;
  /** Local routing code, such as an IFSC. */
  readonly bicSecondary: string | null;
  readonly bankCustomerId: string | null;
}

export function readPayerBankAccount(account: WireObject): PayerBankAccount {
  return {
    accountNumber: account.read('account_number', looseText),
    bicPrimary: account.read('bic_primary', looseText),
    bicSecondary: account.read('bic_secondary', looseText),
    bankCustomerId: account.read('bank_customer_id', looseText),
  };
}
