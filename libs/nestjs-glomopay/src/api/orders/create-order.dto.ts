import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import type { PayinPurposeCode } from '../../values/payin-purpose-codes.js';
import { RequestDto } from '../../wire/request-dto.js';
import {
  IsGlomopayId,
  IsMinorUnits,
  IsNotes,
  IsPurposeCode,
  IsRequestId,
} from '../../wire/rules.js';
import { AtLeast, ExcludedBy, NarrowedBy, RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';
import { PayerBankAccountDto, type PayerBankAccountInput } from '../parts/bank-account.dto.js';
import { orderCurrencies, payinMethods, type PayinMethod } from '../parts/payin-terms.js';
import { ProductDto, type ProductInput } from '../parts/product.dto.js';
import { LrsOrderDto, type LrsOrderInput } from './lrs-order.dto.js';

/** What an order has however its amount is given. */
interface OrderTerms {
  readonly customerId: IdText<'customer'>;
  /**
   * Your own key for this order, unique per account and at most 64 characters. With it calling
   * twice opens one order; without it, two.
   */
  readonly requestId?: string | undefined;
  /** `payinPurposeCodes` has them. @defaultValue the account's */
  readonly purposeCode?: PayinPurposeCode | undefined;
  readonly documentId?: IdText<'document'> | undefined;
  readonly invoiceNumber?: string | undefined;
  readonly invoiceDescription?: string | undefined;
  /** Minor units; at least `amount`, or what the quote brings. */
  readonly invoiceAmount?: number | undefined;
  /** Your reconciliation reference. */
  readonly referenceNumber?: string | undefined;
  readonly product?: ProductInput | undefined;
  /** Free texts of yours; keys and values pass untouched. */
  readonly notes?: Readonly<Record<string, string>> | null | undefined;
  readonly bankAccountDetails?: PayerBankAccountInput | undefined;
  /** Makes it a remittance: in USD, and with the purpose code S0001 or S0002 if you give one. */
  readonly lrs?: LrsOrderInput | undefined;
}

/** An order whose amount you say. */
interface PricedOrder {
  /** Minor units, 1 or more. */
  readonly amount: number;
  /** Upper-case ISO 4217: USD, EUR, GBP, AED, SGD or AUD. */
  readonly currency: string;
  /** Each has to be enabled on the account. @defaultValue every method that is */
  readonly paymentMethods?: readonly PayinMethod[] | undefined;
  readonly priceId?: IdText<'price'> | undefined;
  readonly splitIds?: readonly IdText<'split'>[] | undefined;
  readonly quoteId?: undefined;
}

/** An order that a payin quote says amount, currency, methods, price and splits of. */
interface QuotedOrder {
  /** Good for one order, which expires with it. */
  readonly quoteId: IdText<'quote'>;
  readonly amount?: undefined;
  readonly currency?: undefined;
  readonly paymentMethods?: undefined;
  readonly priceId?: undefined;
  readonly splitIds?: undefined;
}

/** An order as plain members: with an amount of its own, or bound to a quote. */
export type CreateOrderInput = OrderTerms & (PricedOrder | QuotedOrder);

/** Body of `POST /orders` (docs/gateway.md, Orders). */
@Named('CreateOrderDto')
export class CreateOrderDto extends RequestDto {
  @Wire('customer_id')
  @IsGlomopayId('customer')
  customerId!: string;

  @Wire('amount')
  @RequiredUnless('quoteId')
  @IsMinorUnits()
  @ExcludedBy('quoteId')
  amount?: number;

  @Wire('currency')
  @RequiredUnless('quoteId')
  @IsIn(orderCurrencies)
  @NarrowedBy('lrs', 'USD')
  @ExcludedBy('quoteId')
  currency?: string;

  @Wire('quote_id')
  @IsOptional()
  @IsGlomopayId('quote')
  quoteId?: string;

  @Wire('request_id')
  @IsOptional()
  @IsRequestId()
  requestId?: string;

  @Wire('purpose_code')
  @IsOptional()
  @IsPurposeCode('payin')
  @NarrowedBy('lrs', 'S0001', 'S0002')
  purposeCode?: PayinPurposeCode;

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
  @IsMinorUnits()
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

  @Wire('lrs', () => LrsOrderDto)
  @IsOptional()
  @ValidateNested()
  lrs?: LrsOrderDto;
}
