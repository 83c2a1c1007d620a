import { newId } from '../books/object-id.js';
import type { Fields } from '../http/fields.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';

/** The one account that a customer may pay from, as the gateway answers it (INFERRED). */
export interface CustomerBankAccount {
  readonly id: string;
  readonly account_number: string;
  /** SWIFT. */
  readonly bic_primary: string | null;
  /** Of the country's own system. */
  readonly bic_secondary: string | null;
}

/** An account, and what is not shown of it. */
export interface BankAccountRecord {
  readonly id: string;
  readonly created_at: string;
  readonly account: CustomerBankAccount;
}

/** Reads and checks the body of `POST /customer/{id}/bank-accounts`. */
export function readBankAccount(fields: Fields, clock: Clock): BankAccountRecord {
  if (!fields.has('bic_primary') && !fields.has('bic_secondary')) {
    // INFERRED text: only that it takes one of the two is documented.
    fields.problem("Bic primary or bic secondary can't be blank");
  }
  // INFERRED: how the ids begin.
  const id = newId('acc', clock);
  const account = {
    id,
    account_number: fields.requiredText('account_number'),
    bic_primary: fields.text('bic_primary') ?? null,
    bic_secondary: fields.text('bic_secondary') ?? null,
  };
  fields.finish();
  return { id, created_at: timestamp(clock), account };
}
