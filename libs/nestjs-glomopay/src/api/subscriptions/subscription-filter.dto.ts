import { IsIn, IsOptional } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { ListFilterDto, type ListFilterInput } from '../../wire/list-filter.js';
import { IsCalendarDate, IsGlomopayId } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

const statuses = [
  'created',
  'active',
  'paused',
  'expired',
  'failed',
  'halted',
  'cancelled',
  'completed',
] as const;

/** Which subscriptions to list. */
export interface SubscriptionFilterInput extends ListFilterInput {
  readonly customerId?: IdText<'customer'> | undefined;
  /** The gateway's filter knows no `authorized`, `action_required` and `under_review`. */
  readonly status?: (typeof statuses)[number] | undefined;
  /** Exactly this first day, `YYYY-MM-DD`. */
  readonly startDate?: string | undefined;
  /** Exactly this last day, `YYYY-MM-DD`. */
  readonly endDate?: string | undefined;
}

/** Query of `GET /subscriptions`. */
@Named('SubscriptionFilterDto')
export class SubscriptionFilterDto extends ListFilterDto implements SubscriptionFilterInput {
  @Wire('customer_id')
  @IsOptional()
  @IsGlomopayId('customer')
  customerId?: string;

  @Wire('status')
  @IsOptional()
  @IsIn(statuses)
  status?: (typeof statuses)[number];

  @Wire('start_date')
  @IsOptional()
  @IsCalendarDate()
  startDate?: string;

  @Wire('end_date')
  @IsOptional()
  @IsCalendarDate()
  endDate?: string;
}
