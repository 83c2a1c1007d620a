import { inspect } from 'node:util';
import { IsOptional, IsString, MinLength } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { secretsOf } from '../../logging/secrets-of.js';
import { lastFour } from '../../values/last-four.js';
import { RequestDto } from '../../wire/request-dto.js';
import { RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';

/** By which code a bank is found: the one, the other, or both. */
type BankCodes =
  | {
      /** SWIFT code. */
      readonly bicPrimary: string;
      /** Local routing code, such as an IFSC. */
      readonly bicSecondary?: string | undefined;
    }
  | {
      /** Local routing code, such as an IFSC. */
      readonly bicSecondary: string;
      readonly bicPrimary?: string | undefined;
    };

/** A bank account; at least one of the two codes. */
export type BankAccountInput = BankCodes & { readonly accountNumber: string };

/** A bank account of a customer. Its number is personal data: `inspect` shows the last four of it. */
@Named('BankAccountDto')
export class BankAccountDto extends RequestDto {
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
    return `${this.constructor.name}(${lastFour(this.accountNumber)})`;
  }
}

/** The payer's bank account to link to the customer. */
export type PayerBankAccountInput = BankAccountInput & {
  readonly bankCustomerId?: string | undefined;
};

/** `bank_account_details` of an order or a payment link. */
@Named('PayerBankAccountDto')
export class PayerBankAccountDto extends BankAccountDto {
  @Wire('bank_customer_id')
  @IsOptional()
  @IsString()
  bankCustomerId?: string;
}

/** The number of an account in wire names, which no error may show. */
export const accountSecrets = secretsOf({ account_number: 'personal' });
