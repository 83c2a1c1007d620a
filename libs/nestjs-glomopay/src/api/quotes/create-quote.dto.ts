import { IsArray, IsDefined, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { ExactlyOneOf } from '../../wire/rules-between.js';
import { IsCurrency, IsGlomopayId, IsMinorUnits } from '../../wire/rules.js';
import { RequestDto } from '../../wire/request-dto.js';
import { Wire } from '../../wire/wire.decorator.js';

const resources = ['payin', 'payout'] as const;
const methods = ['bank_transfer', 'pay_via_bank'] as const;
const subtypes = ['local_transfer', 'swift_transfer'] as const;

/** By what the money is to come or go. */
export interface QuoteMethodInput {
  readonly type: (typeof methods)[number];
  /** Of a transfer. Local ones of payouts go to INR, AED, EUR, GBP and AUD only. */
  readonly subtype?: (typeof subtypes)[number] | undefined;
}

/** `payment_method` of a quote. */
@Named('QuoteMethodDto')
export class QuoteMethodDto implements QuoteMethodInput {
  @Wire('type')
  @IsIn(methods)
  type!: (typeof methods)[number];

  @Wire('subtype')
  @IsOptional()
  @IsIn(subtypes)
  subtype?: (typeof subtypes)[number];
}

interface QuoteBase {
  /** `payin` for an order or a payment link, `payout` for a payout. */
  readonly resource: (typeof resources)[number];
  /** What is paid. Upper-case ISO 4217. */
  readonly sourceCurrency: string;
  /** What arrives; of a payin, the currency of the order or link. Upper-case ISO 4217. */
  readonly destinationCurrency: string;
  readonly paymentMethod: QuoteMethodInput;
  readonly splitIds?: readonly IdText<'split'>[] | undefined;
}

/** What is paid is fixed. */
interface BySource {
  /** Minor units of `sourceCurrency`, 1 or more. */
  readonly sourceAmount: number;
  readonly destinationAmount?: undefined;
}

/** What arrives is fixed. */
interface ByDestination {
  /** Minor units of `destinationCurrency`, 1 or more. */
  readonly destinationAmount: number;
  readonly sourceAmount?: undefined;
}

/** What a quote is asked for, by exactly one of its two amounts. */
export type CreateQuoteInput = QuoteBase & (BySource | ByDestination);

/** Body of `POST /quotes` (docs/gateway.md, Quotes). */
@Named('CreateQuoteDto')
export class CreateQuoteDto extends RequestDto {
  @Wire('resource')
  @IsIn(resources)
  resource!: (typeof resources)[number];

  @Wire('source_currency')
  @IsCurrency()
  sourceCurrency!: string;

  @Wire('destination_currency')
  @IsCurrency()
  destinationCurrency!: string;

  @Wire('source_amount')
  @ExactlyOneOf('sourceAmount', 'destinationAmount')
  @IsMinorUnits('sourceCurrency')
  sourceAmount?: number;

  @Wire('destination_amount')
  @IsOptional()
  @IsMinorUnits('destinationCurrency')
  destinationAmount?: number;

  /** Which of two spellings the gateway takes is open (docs/gateway.md, Quotes). This is the only place. */
  @Wire('payment_method', () => QuoteMethodDto)
  @IsDefined()
  @ValidateNested()
  paymentMethod!: QuoteMethodDto;

  @Wire('split_ids')
  @IsOptional()
  @IsArray()
  @IsGlomopayId('split', { each: true })
  splitIds?: string[];
}
