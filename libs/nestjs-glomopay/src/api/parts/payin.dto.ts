import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import type { IdText } from '../../values/ids.js';
import { RequestDto } from '../../wire/request-dto.js';
import { IsGlomopayId, IsMinorUnits, IsNotes } from '../../wire/rules.js';
import { AtLeast, ExcludedBy, RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';
import { PayerBankAccountDto, type PayerBankAccountInput } from './bank-account.dto.js';
import { payinMethods, type PayinMethod } from './payin-terms.js';
import { ProductDto, type ProductInput } from './product.dto.js';

/** What an order and a payment link have alike, however their amount is given. */
export interface PayinInput {
  readonly customerId: IdText<'customer'>;
  readonly documentId?: IdText<'document'> | undefined;
  readonly invoiceNumber?: string | undefined;
  readonly invoiceDescription?: string | undefined;
  /** Minor units; at least `amount`, or what the quote brings. */
  readonly invoiceAmount?: number | undefined;
  readonly product?: ProductInput | undefined;
  /** Free texts of yours; keys and values pass untouched. */
  readonly notes?: Readonly<Record<string, string>> | null | undefined;
  readonly bankAccountDetails?: PayerBankAccountInput | PayerBankAccountDto | undefined;
}

/** A payin quote says amount, currency, methods, price and splits. */
export interface QuotedPayinInput {
  /** Good for one order or link, which expires with it. */
  readonly quoteId: IdText<'quote'>;
  readonly amount?: undefined;
  readonly currency?: undefined;
  readonly paymentMethods?: undefined;
  readonly priceId?: undefined;
  readonly splitIds?: undefined;
}

/** The members that an order and a payment link have alike. */
export abstract class PayinDto extends RequestDto {
  @Wire('customer_id')
  @IsGlomopayId('customer')
  customerId!: string;

  @Wire('amount')
  @RequiredUnless('quoteId')
  @IsMinorUnits('currency')
  @ExcludedBy('quoteId')
  amount?: number;

  @Wire('quote_id')
  @IsOptional()
  @IsGlomopayId('quote')
  quoteId?: string;

  @Wire('payment_methods')
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(payinMethods, { each: true })
  @ExcludedBy('quoteId')
  paymentMethods?: PayinMethod[];

  @Wire('document_id')
  @IsOptional()
  @IsGlomopayId('document')
  documentId?: string;

  @Wire('invoice_number')
  @IsOptional()
  @IsString()
  invoiceNumber?: string;

  @Wire('invoice_description')
  @IsOptional()
  @IsString()
  invoiceDescription?: string;

  @Wire('invoice_amount')
  @IsOptional()
  @IsMinorUnits('currency')
  @AtLeast('amount')
  invoiceAmount?: number;

  @Wire('reference_number')
  @IsOptional()
  @IsString()
  referenceNumber?: string;

  @Wire('product', () => ProductDto)
  @IsOptional()
  @ValidateNested()
  product?: ProductDto;

  @Wire('notes')
  @IsOptional()
  @IsNotes()
  notes?: Record<string, string> | null;

  @Wire('bank_account_details', () => PayerBankAccountDto)
  @IsOptional()
  @ValidateNested()
  bankAccountDetails?: PayerBankAccountDto;

  @Wire('price_id')
  @IsOptional()
  @IsGlomopayId('price')
  @ExcludedBy('quoteId')
  priceId?: string;

  @Wire('split_ids')
  @IsOptional()
  @IsArray()
  @IsGlomopayId('split', { each: true })
  @ExcludedBy('quoteId')
  splitIds?: string[];
}
