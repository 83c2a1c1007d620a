import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  Min,
} from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { RequestDto } from '../../wire/request-dto.js';
import { OnlyWith, RequiredWith } from '../../wire/rules-between.js';
import {
  IsCalendarDate,
  IsCurrency,
  IsGlomopayId,
  IsMinorUnits,
  IsNotes,
} from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';
import { FitsInterval, StartsWithCharge, WithinThirtyYears } from './plan-rules.js';

/** What every subscription has. Dates are days, `YYYY-MM-DD`, UTC. */
interface SubscriptionBase {
  readonly customerId: IdText<'customer'>;
  /** At most 128 characters: letters, digits, blanks and `- _ . , ( ) &`. */
  readonly productName: string;
  /** At most 512 characters: those of `productName` and `! : ' *`. */
  readonly productDescription: string;
  /** As `productName`. */
  readonly planName?: string | undefined;
  /** As `productDescription`. */
  readonly planDescription?: string | undefined;
  /** Minor units, 1 or more, for each charge. */
  readonly amount: number;
  /** Upper-case ISO 4217. */
  readonly currency: string;
  /** The last day on which the customer can sign up: from today to a month from today. */
  readonly expiresAt: string;
  /** Whether the gateway writes to the customer. */
  readonly notifyCustomer: boolean;
  /**
   * Your reference, unique for each subscription. The gateway has no `request_id` here: by this alone a
   * create whose answer got lost is found again.
   */
  readonly referenceNumber?: string | undefined;
  /** Free texts of yours; keys and values pass untouched. */
  readonly notes?: Readonly<Record<string, string>> | null | undefined;
}

/** The gateway charges by itself. */
interface FixedPlan {
  /** How many charges there are in all, 2 or more; not longer than 30 years. */
  readonly billingCycles: number;
  /** The day of the first charge, today or later. */
  readonly startDate: string;
  /** True: the days of the charges follow from the day of the first payment. */
  readonly startsWithFirstPayment: boolean;
  readonly maxAmount?: undefined;
  readonly splitIds?: undefined;
}

/** Charged every 1, 3 or 6 months. */
interface MonthlyPlan extends FixedPlan {
  readonly intervalType: 'month';
  readonly intervalCount: 1 | 3 | 6;
}

/** Charged every year. */
interface YearlyPlan extends FixedPlan {
  readonly intervalType: 'year';
  readonly intervalCount: 1;
}

/** Charged when you say so, by `payments.charge`. */
interface AsPresentedPlan {
  readonly intervalType: 'as_presented';
  /** The most that one charge may be, in minor units. */
  readonly maxAmount: number;
  readonly startsWithFirstPayment: true;
  readonly splitIds?: readonly IdText<'split'>[] | undefined;
  readonly intervalCount?: undefined;
  readonly billingCycles?: undefined;
  readonly startDate?: undefined;
}

/** A subscription as plain members. What the plan has depends on `intervalType`. */
export type CreateSubscriptionInput = SubscriptionBase &
  (MonthlyPlan | YearlyPlan | AsPresentedPlan);

const NAME = /^[A-Za-z0-9\s\-_.,()&]+$/;
const DESCRIPTION = /^[A-Za-z0-9\s\-_.,()&!:'*]+$/;

/** Body of `POST /subscriptions` (docs/gateway.md, Subscriptions). */
@Named('CreateSubscriptionDto')
export class CreateSubscriptionDto extends RequestDto {
  @Wire('customer_id')
  @IsGlomopayId('customer')
  customerId!: string;

  @Wire('product_name')
  @MaxLength(128)
  @Matches(NAME)
  productName!: string;

  @Wire('product_description')
  @MaxLength(512)
  @Matches(DESCRIPTION)
  productDescription!: string;

  @Wire('plan_name')
  @IsOptional()
  @MaxLength(128)
  @Matches(NAME)
  planName?: string;

  @Wire('plan_description')
  @IsOptional()
  @MaxLength(512)
  @Matches(DESCRIPTION)
  planDescription?: string;

  @Wire('amount')
  @IsMinorUnits('currency')
  amount!: number;

  @Wire('currency')
  @IsCurrency()
  currency!: string;

  @Wire('interval_type')
  @IsIn(['month', 'year', 'as_presented'])
  intervalType!: 'month' | 'year' | 'as_presented';

  @Wire('interval_count')
  @RequiredWith('intervalType', 'month', 'year')
  @IsInt()
  @IsIn([1, 3, 6])
  @FitsInterval()
  intervalCount?: 1 | 3 | 6;

  @Wire('billing_cycles')
  @RequiredWith('intervalType', 'month', 'year')
  @IsInt()
  @Min(2)
  @WithinThirtyYears()
  billingCycles?: number;

  @Wire('max_amount')
  @RequiredWith('intervalType', 'as_presented')
  @IsMinorUnits('currency')
  maxAmount?: number;

  @Wire('start_date')
  @RequiredWith('intervalType', 'month', 'year')
  @IsCalendarDate()
  startDate?: string;

  @Wire('expires_at')
  @IsCalendarDate()
  expiresAt!: string;

  @Wire('notify_customer')
  @IsBoolean()
  notifyCustomer!: boolean;

  @Wire('starts_with_first_payment')
  @IsBoolean()
  @StartsWithCharge()
  startsWithFirstPayment!: boolean;

  @Wire('reference_number')
  @IsOptional()
  @IsString()
  referenceNumber?: string;

  @Wire('notes')
  @IsOptional()
  @IsNotes()
  notes?: Record<string, string> | null;

  @Wire('split_ids')
  @IsOptional()
  @IsArray()
  @IsGlomopayId('split', { each: true })
  @OnlyWith('intervalType', 'as_presented')
  splitIds?: string[];
}
