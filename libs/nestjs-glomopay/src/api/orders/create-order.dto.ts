import {
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { isAbsent } from '../../wire/rule.js';
import { IsGlomopayId, IsMinorUnits, IsNotes, IsRequestId } from '../../wire/rules.js';
import { ExcludedBy } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';
import {
  PayerBankAccountDto,
  type PayerBankAccountInput,
} from '../parts/payer-bank-account.dto.js';
import { orderCurrencies } from '../parts/payin.js';
import { ProductDto, type ProductInput } from '../parts/product.dto.js';
import type { PaymentMethodName } from './order.js';
import { LrsOrderDto, type LrsOrderInput } from './order-parts.dto.js';

/** An order as plain members. */
export interface CreateOrderInput {
  readonly customerId: IdText<'customer'>;
  /** Minor units, 1 or more. Given unless `quoteId` is. */
  readonly amount?: number | undefined;
  /** Upper-case ISO 4217: USD, EUR, GBP, AED, SGD or AUD. Given unless `quoteId` is. */
  readonly currency?: string | undefined;
  /** Binds the order to a payin quote; excludes amount, currency, methods, price and splits. */
  readonly quoteId?: IdText<'quote'> | undefined;
  /**
   * Your own key for this order, unique per account and at most 64 characters. With it calling
   * twice opens one order; without it, two.
   */
  readonly requestId?: string | undefined;
  /** Payin purpose code. @defaultValue the account's */
  readonly purposeCode?: string | undefined;
  /** @defaultValue every method enabled on the account */
  readonly paymentMethods?: readonly PaymentMethodName[] | undefined;
  readonly documentId?: IdText<'document'> | undefined;
  readonly invoiceNumber?: string | undefined;
  readonly invoiceDescription?: string | undefined;
  /** Minor units; at least `amount`. */
  readonly invoiceAmount?: number | undefined;
  /** Your reconciliation reference. */
  readonly referenceNumber?: string | undefined;
  readonly product?: ProductInput | undefined;
  /** Free texts of yours; keys and values pass untouched. */
  readonly notes?: Readonly<Record<string, string>> | null | undefined;
  readonly bankAccountDetails?: PayerBankAccountInput | undefined;
  readonly priceId?: IdText<'price'> | undefined;
  readonly splitIds?: readonly IdText<'split'>[] | undefined;
  readonly lrs?: LrsOrderInput | undefined;
}

/** Body of `POST /orders` (docs/gateway.md, Orders). */
@Named('CreateOrderDto')
export class CreateOrderDto implements CreateOrderInput {
  @Wire('customer_id')
  @IsGlomopayId('customer')
  customerId!: string;

  @Wire('amount')
  @ValidateIf((order: CreateOrderDto) => !isAbsent(order.amount) || isAbsent(order.quoteId))
  @IsMinorUnits()
  @ExcludedBy('quoteId')
  amount?: number;

  @Wire('currency')
  @ValidateIf((order: CreateOrderDto) => !isAbsent(order.currency) || isAbsent(order.quoteId))
  @IsIn(orderCurrencies)
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
  @Matches(/^[A-Z0-9]{1,16}$/, { message: '$property must be a payin purpose code' })
  purposeCode?: string;

  @Wire('payment_methods')
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @ExcludedBy('quoteId')
  paymentMethods?: PaymentMethodName[];

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
