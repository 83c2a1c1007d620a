import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import type { PayinPurposeCode } from '../../values/payin-purpose-codes.js';
import { IsGlomopayId, IsInstant, IsMinorUnits, IsNotes, IsPurposeCode } from '../../wire/rules.js';
import { AtLeast, ExcludedBy, RequiredUnless } from '../../wire/rules-between.js';
import { RequestDto } from '../../wire/request-dto.js';
import { Wire } from '../../wire/wire.decorator.js';
import { PayerBankAccountDto, type PayerBankAccountInput } from '../parts/bank-account.dto.js';
import { orderCurrencies, payinMethods, type PayinMethod } from '../parts/payin-terms.js';
import { ProductDto, type ProductInput } from '../parts/product.dto.js';
import { reminderDays, type ReminderDays } from './reminder-days.js';

interface PaymentLinkBase {
  readonly customerId: IdText<'customer'>;
  /** Payin purpose code. @defaultValue the account's, where it has one; the gateway refuses the link otherwise */
  readonly purposeCode?: PayinPurposeCode | undefined;
  readonly documentId?: IdText<'document'> | undefined;
  readonly invoiceNumber?: string | undefined;
  readonly invoiceDescription?: string | undefined;
  /** Minor units; at least `amount`. */
  readonly invoiceAmount?: number | undefined;
  /**
   * Your reference, another one for each link. The gateway has no `request_id` here: by this alone a
   * create whose answer got lost is found again.
   */
  readonly referenceNumber?: string | undefined;
  /** Whether the gateway writes to the customer when the link is made. @defaultValue true */
  readonly notifyCustomer?: boolean | undefined;
  /** Days between reminders. @defaultValue none */
  readonly reminderFrequency?: ReminderDays | undefined;
  readonly product?: ProductInput | undefined;
  /** Free texts of yours; keys and values pass untouched. */
  readonly notes?: Readonly<Record<string, string>> | null | undefined;
  readonly bankAccountDetails?: PayerBankAccountInput | undefined;
}

/** Amount and expiry are yours. */
interface PricedPaymentLink {
  /** Minor units, 1 or more. */
  readonly amount: number;
  /** Upper-case ISO 4217. */
  readonly currency: (typeof orderCurrencies)[number];
  /**
   * Until when it can be paid, at most six months from now: ISO 8601, UTC unless it has an offset; a bare
   * date is the beginning of that day.
   */
  readonly expiresAt: string;
  /** One that is not set up on the account is ignored. @defaultValue every method enabled on the account */
  readonly paymentMethods?: readonly PayinMethod[] | undefined;
  readonly priceId?: IdText<'price'> | undefined;
  readonly splitIds?: readonly IdText<'split'>[] | undefined;
  readonly quoteId?: undefined;
}

/** A payin quote fixes amount, currency, method and fees, and the link expires with it. */
interface QuotedPaymentLink {
  readonly quoteId: IdText<'quote'>;
  readonly amount?: undefined;
  readonly currency?: undefined;
  readonly expiresAt?: undefined;
  readonly paymentMethods?: undefined;
  readonly priceId?: undefined;
  readonly splitIds?: undefined;
}

/** A payment link as plain members: with an amount, or with a quote. */
export type CreatePaymentLinkInput = PaymentLinkBase & (PricedPaymentLink | QuotedPaymentLink);

/** Body of `POST /payin` (docs/gateway.md, Payment links). */
@Named('CreatePaymentLinkDto')
export class CreatePaymentLinkDto extends RequestDto {
  @Wire('customer_id')
  @IsGlomopayId('customer')
  customerId!: string;

  @Wire('amount')
  @RequiredUnless('quoteId')
  @IsMinorUnits('currency')
  @ExcludedBy('quoteId')
  amount?: number;

  @Wire('currency')
  @RequiredUnless('quoteId')
  @IsIn(orderCurrencies)
  @ExcludedBy('quoteId')
  currency?: string;

  @Wire('expires_at')
  @RequiredUnless('quoteId')
  @IsInstant()
  @ExcludedBy('quoteId')
  expiresAt?: string;

  @Wire('quote_id')
  @IsOptional()
  @IsGlomopayId('quote')
  quoteId?: string;

  @Wire('purpose_code')
  @IsOptional()
  @IsPurposeCode('payin')
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
  @IsMinorUnits('currency')
  @AtLeast('amount')
  invoiceAmount?: number;

  @Wire('reference_number')
  @IsOptional()
  @IsString()
  referenceNumber?: string;

  @Wire('notify_customer')
  @IsOptional()
  @IsBoolean()
  notifyCustomer?: boolean;

  @Wire('reminder_frequency')
  @IsOptional()
  @IsIn(reminderDays)
  reminderFrequency?: ReminderDays;

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
