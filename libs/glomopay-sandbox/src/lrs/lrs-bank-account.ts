import { newId } from '../books/object-id.js';
import type { Fields } from '../http/fields.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { readBankCode, type LrsAccount } from './banks.js';

/** What the gateway calls it, and how its ids begin. */
export const LRS_BANK_ACCOUNT = { kind: 'Bank account', idPrefix: 'acclrs' } as const;

/** An account that a customer remits from, as the gateway answers it. */
export interface LrsBankAccount {
  readonly id: string;
  readonly bank_code: string;
  readonly account_number: string;
  readonly bank_customer_id: string | null;
}

/** An account, and what is not shown of it. */
export interface LrsBankAccountRecord {
  readonly id: string;
  readonly created_at: string;
  readonly customerId: string;
  readonly account: LrsBankAccount;
}

/** Reads and checks the body of `POST /customer/{id}/bank_account`. INFERRED: any number of digits is taken. */
export function readLrsBankAccount(
  fields: Fields,
  customerId: string,
  { clock, account }: { readonly clock: Clock; readonly account: LrsAccount },
): LrsBankAccountRecord {
  const id = newId(LRS_BANK_ACCOUNT.idPrefix, clock);
  const read: LrsBankAccount = {
    id,
    bank_code: readBankCode(fields, account),
    account_number: fields.requiredText('account_number'),
    bank_customer_id: fields.text('bank_customer_id') ?? null,
  };
  if (!isDigits(read.account_number)) {
    fields.problem('Account number must contain only digits');
  }
  if (!isDigits(read.bank_customer_id ?? '')) {
    fields.problem('Bank customer ID must contain only digits');
  }
  fields.finish();
  return { id, created_at: timestamp(clock), customerId, account: read };
}

function isDigits(text: string): boolean {
  return /^\d*$/.test(text);
}
