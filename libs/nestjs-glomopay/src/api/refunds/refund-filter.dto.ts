import { IsIn, IsOptional, IsString } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { ListFilterDto, type ListFilterInput } from '../../wire/list-filter.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

const statuses = [
  'in_progress',
  'pending',
  'success',
  'failed',
  'action_required',
  'under_review',
] as const;

/** Which refunds to list. */
export interface RefundFilterInput extends ListFilterInput {
  readonly customerId?: IdText<'customer'> | undefined;
  readonly paymentId?: IdText<'payment'> | undefined;
  readonly paymentMethod?: string | undefined;
  /**
   * The gateway's filter knows no `cancelled`. Refunds are `in_progress` today; `pending` is the older
   * word, in case a list knows only that one.
   */
  readonly status?: (typeof statuses)[number] | undefined;
  /** Finds what a create with this `requestId` has made. */
  readonly requestId?: string | undefined;
}

/** Query of `GET /refunds`. */
@Named('RefundFilterDto')
export class RefundFilterDto extends ListFilterDto implements RefundFilterInput {
  @Wire('customer_id')
  @IsOptional()
  @IsGlomopayId('customer')
  customerId?: string;

  @Wire('payment_id')
  @IsOptional()
  @IsGlomopayId('payment')
  paymentId?: string;

  @Wire('payment_method')
  @IsOptional()
  @IsString()
  paymentMethod?: string;

  @Wire('status')
  @IsOptional()
  @IsIn(statuses)
  status?: (typeof statuses)[number];

  @Wire('request_id')
  @IsOptional()
  @IsString()
  requestId?: string;
}
