import { IsOptional, Matches } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

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
