import { IsIn, IsOptional, IsString } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { ListFilterDto, type ListFilterInput } from '../../wire/list-filter.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

const statuses = [
  'active',
  'paid',
  'failed',
  'action_required',
  'cancelled',
  'under_review',
] as const;

/** Which orders to list. */
export interface OrderFilterInput extends ListFilterInput {
  readonly customerId?: IdText<'customer'> | undefined;
  /** The gateway's filter knows no `expired`. */
  readonly status?: (typeof statuses)[number] | undefined;
  /** Finds what a create with this `requestId` has made. */
  readonly requestId?: string | undefined;
}

/** Query of `GET /orders`. */
@Named('OrderFilterDto')
export class OrderFilterDto extends ListFilterDto implements OrderFilterInput {
  @Wire('customer_id')
  @IsOptional()
  @IsGlomopayId('customer')
  customerId?: string;

  @Wire('status')
  @IsOptional()
  @IsIn(statuses)
  status?: (typeof statuses)[number];

  @Wire('request_id')
  @IsOptional()
  @IsString()
  requestId?: string;
}
