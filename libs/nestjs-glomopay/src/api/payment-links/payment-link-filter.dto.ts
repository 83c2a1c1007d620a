import { IsIn, IsOptional } from 'class-validator';
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
  'partially_paid',
  'under_review',
  'expired',
] as const;

/** Which payment links to list. There is no filter by reference. */
export interface PaymentLinkFilterInput extends ListFilterInput {
  readonly customerId?: IdText<'customer'> | undefined;
  /** `partially_paid` is a word of an older description; no link is known to become it. */
  readonly status?: (typeof statuses)[number] | undefined;
}

/** Query of `GET /payin`. */
@Named('PaymentLinkFilterDto')
export class PaymentLinkFilterDto extends ListFilterDto implements PaymentLinkFilterInput {
  @Wire('customer_id')
  @IsOptional()
  @IsGlomopayId('customer')
  customerId?: string;

  @Wire('status')
  @IsOptional()
  @IsIn(statuses)
  status?: (typeof statuses)[number];
}
