import { IsOptional, IsString, Matches } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';

/** What is sold. */
export interface ProductInput {
  readonly name: string;
  readonly description?: string | undefined;
}

/** `product` of an order. */
@Named('ProductDto')
export class ProductDto implements ProductInput {
  @Wire('name')
  @IsString()
  name!: string;

  @Wire('description')
  @IsOptional()
  @IsString()
  description?: string;
}

/** The payer's bank account to link to the customer; at least one of the two codes. */
export interface PayerBankAccountInput {
  readonly accountNumber: string;
  /** SWIFT code. */
  readonly bicPrimary?: string | undefined;
  /** Local routing code, such as an IFSC. */
  readonly bicSecondary?: string | undefined;
  readonly bankCustomerId?: string | undefined;
}

/** `bank_account_details` of an order. */
@Named('PayerBankAccountDto')
export class PayerBankAccountDto implements PayerBankAccountInput {
  @Wire('account_number')
  @IsString()
  accountNumber!: string;

  @Wire('bic_primary')
  @RequiredUnless('bicSecondary')
  @IsString()
  bicPrimary?: string;

  @Wire('bic_secondary')
  @IsOptional()
  @IsString()
  bicSecondary?: string;

  @Wire('bank_customer_id')
  @IsOptional()
  @IsString()
  bankCustomerId?: string;
}

/** What makes an order a remittance under India's Liberalised Remittance Scheme. */
export interface LrsOrderInput {
  readonly lrsQuoteId: IdText<'quote'>;
  /** At most 20 letters, digits and hyphens. */
  readonly remittanceInformation: string;
  readonly bankAccountId?: IdText<'lrsBankAccount'> | undefined;
  readonly beneficiaryId?: IdText<'beneficiary'> | undefined;
}

/** `lrs` of an order. */
@Named('LrsOrderDto')
export class LrsOrderDto implements LrsOrderInput {
  @Wire('lrs_quote_id')
  @IsGlomopayId('quote')
  lrsQuoteId!: string;

  @Wire('remittance_information')
  @Matches(/^[a-zA-Z0-9-]{0,20}$/, {
    message: '$property must be at most 20 letters, digits and hyphens',
  })
  remittanceInformation!: string;

  @Wire('bank_account_id')
  @IsOptional()
  @IsGlomopayId('lrsBankAccount')
  bankAccountId?: string;

  @Wire('beneficiary_id')
  @IsOptional()
  @IsGlomopayId('beneficiary')
  beneficiaryId?: string;
}
