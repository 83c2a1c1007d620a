import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText, PayinKind } from '../../values/ids.js';
import { ListFilterDto, type ListFilterInput } from '../../wire/list-filter.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { ExcludedBy } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';

const statuses = ['success', 'failed', 'action_required', 'in_progress'] as const;
const complianceStatuses = ['under_review', 'action_required', 'approved', 'rejected'] as const;
const paymentTypes = ['payment_link', 'orders', 'add_funds'] as const;

/** Which payments to list. */
export interface PaymentFilterInput extends ListFilterInput {
  readonly customerId?: IdText<'customer'> | undefined;
  /** Coarse: `in_progress` also finds `under_review`, and misses some that are in progress. */
  readonly status?: (typeof statuses)[number] | undefined;
  readonly complianceStatus?: (typeof complianceStatuses)[number] | undefined;
  /** An order, a link or a top-up. Not together with `subscriptionId`. */
  readonly payinId?: IdText<PayinKind> | undefined;
  readonly paymentType?: (typeof paymentTypes)[number] | undefined;
  readonly subscriptionId?: IdText<'subscription'> | undefined;
  /** Requested currency. */
  readonly currency?: string | undefined;
  /** Finds what a create with this `requestId` has made. */
  readonly requestId?: string | undefined;
}

/** Query of `GET /payments`. */
@Named('PaymentFilterDto')
export class PaymentFilterDto extends ListFilterDto implements PaymentFilterInput {
  @Wire('customer_id')
  @IsOptional()
  @IsGlomopayId('customer')
  customerId?: string;

  @Wire('status')
  @IsOptional()
  @IsIn(statuses)
  status?: (typeof statuses)[number];

  @Wire('compliance_status')
  @IsOptional()
  @IsIn(complianceStatuses)
  complianceStatus?: (typeof complianceStatuses)[number];

  @Wire('payin_id')
  @IsOptional()
  @IsGlomopayId(['order', 'paymentLink', 'topUp'])
  @ExcludedBy('subscriptionId')
  payinId?: string;

  @Wire('payment_type')
  @IsOptional()
  @IsIn(paymentTypes)
  paymentType?: (typeof paymentTypes)[number];

  @Wire('subscription_id')
  @IsOptional()
  @IsGlomopayId('subscription')
  subscriptionId?: string;

  @Wire('currency')
  @IsOptional()
  @Matches(/^[A-Za-z]{3}$/, { message: '$property must be an ISO 4217 code' })
  currency?: string;

  @Wire('request_id')
  @IsOptional()
  @IsString()
  requestId?: string;
}
