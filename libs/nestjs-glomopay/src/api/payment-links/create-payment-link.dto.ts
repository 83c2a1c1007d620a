import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import type { PayinPurposeCode } from '../../values/payin-purpose-codes.js';
import { IsInstant, IsPurposeCode } from '../../wire/rules.js';
import { ExcludedBy, RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';
import { PayinDto, type PayinInput, type QuotedPayinInput } from '../parts/payin.dto.js';
import { orderCurrencies, type PayinMethod } from '../parts/payin-terms.js';
import { reminderDays, type ReminderDays } from './reminder-days.js';

interface PaymentLinkBase extends PayinInput {
  /** Payin purpose code. @defaultValue the account's, where it has one; the gateway refuses the link otherwise */
  readonly purposeCode?: PayinPurposeCode | undefined;
  /**
   * Your reference, another one for each link. The gateway has no `request_id` here: by this alone a
   * create whose answer got lost is found again.
   */
  readonly referenceNumber?: string | undefined;
  /** Whether the gateway writes to the customer when the link is made. @defaultValue true */
  readonly notifyCustomer?: boolean | undefined;
  /** Days between reminders. @defaultValue none */
  readonly reminderFrequency?: ReminderDays | undefined;
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
interface QuotedPaymentLink extends QuotedPayinInput {
  readonly expiresAt?: undefined;
}

/** A payment link as plain members: with an amount, or with a quote. */
export type CreatePaymentLinkInput = PaymentLinkBase & (PricedPaymentLink | QuotedPaymentLink);

/** Body of `POST /payin` (docs/gateway.md, Payment links). */
@Named('CreatePaymentLinkDto')
export class CreatePaymentLinkDto extends PayinDto {
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

  @Wire('purpose_code')
  @IsOptional()
  @IsPurposeCode('payin')
  purposeCode?: PayinPurposeCode;

  @Wire('notify_customer')
  @IsOptional()
  @IsBoolean()
  notifyCustomer?: boolean;

  @Wire('reminder_frequency')
  @IsOptional()
  @IsIn(reminderDays)
  reminderFrequency?: ReminderDays;
}
