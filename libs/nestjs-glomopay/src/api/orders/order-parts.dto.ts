import { IsOptional, IsString, Matches, ValidateIf } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { isAbsent, IsGlomopayId } from '../../wire/rules.js';
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
  @ValidateIf(
    (account: PayerBankAccountDto) =>
      !isAbsent(account.bicPrimary) || isAbsent(account.bicSecondary),
  )
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
  readonly lrsQuoteId: string;
  /** At most 20 letters, digits and hyphens. */
  readonly remittanceInformation: string;
  readonly bankAccountId?: string | undefined;
  readonly beneficiaryId?: string | undefined;
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
  @IsGlomopayId('bankAccount')
  bankAccountId?: string;

  @Wire('beneficiary_id')
  @IsOptional()
  @IsGlomopayId('beneficiary')
  beneficiaryId?: string;
}
