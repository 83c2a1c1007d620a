import { BankAccountDto, type BankAccountInput, type CustomersService } from '../../index.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

const accountNumber = '5550001234';

export const accounts: readonly BankAccountInput[] = [
  { accountNumber, bicPrimary: 'HILLINBBXXX' },
  { accountNumber, bicSecondary: 'HILL0000001' },
  { accountNumber, bicPrimary: 'HILLINBBXXX', bicSecondary: 'HILL0000001' },
  { accountNumber, bicPrimary: undefined, bicSecondary: 'HILL0000001' },
  // @ts-expect-error a bank has a code
  { accountNumber },
  // @ts-expect-error that is known
  { accountNumber, bicPrimary: undefined },
  // @ts-expect-error and an account a number
  { bicPrimary: 'HILLINBBXXX' },
];

export async function bodies(customers: CustomersService): Promise<void> {
  // What a body of a host's route has been made.
  await customers.addBankAccount('cust_1', new BankAccountDto());
}
