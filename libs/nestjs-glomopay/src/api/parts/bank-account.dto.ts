import { inspect } from 'node:util';
import { IsOptional, IsString, MinLength } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { secretsOf } from '../../logging/secrets-of.js';
import { RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';

/** A bank account; at least one of the two codes. */
export interface BankAccountInput {
  readonly accountNumber: string;
  /** SWIFT code. */
  readonly bicPrimary?: string | undefined;
  /** Local routing code, such as an IFSC. */
  readonly bicSecondary?: string | undefined;
}

/** A bank account of a customer. Its number is personal data: `inspect` shows the last four of it. */
@Named('BankAccountDto')
export class BankAccountDto implements BankAccountInput {
  @Wire('account_number')
  @IsString()
  @MinLength(1)
  accountNumber!: string;

  @Wire('bic_primary')
  @RequiredUnless('bicSecondary')
  @IsString()
  @MinLength(1)
  bicPrimary?: string;

  @Wire('bic_secondary')
  @IsOptional()
  @IsString()
  @MinLength(1)
  bicSecondary?: string;

  [inspect.custom](): string {
    return `${this.constructor.name}(${maskedAccount(this.accountNumber)})`;
  }
}

/** The payer's bank account to link to the customer. */
export interface PayerBankAccountInput extends BankAccountInput {
  readonly bankCustomerId?: string | undefined;
}

/** `bank_account_details` of an order or a payment link. */
@Named('PayerBankAccountDto')
export class PayerBankAccountDto extends BankAccountDto implements PayerBankAccountInput {
  @Wire('bank_customer_id')
  @IsOptional()
  @IsString()
  bankCustomerId?: string;
}

/** The number of an account in wire names, which no error may show. */
export const accountSecrets = secretsOf({ account_number: 'personal' });

function maskedAccount(number: unknown): string {
  if (typeof number !== 'string') return 'empty';
  return number.length < 8 ? '***' : `***${number.slice(-4)}`;
}
