import { Named } from '../../errors/named.decorator.js';
import { IsCalendarDate } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

/** Body of `PATCH /subscriptions/{id}/next-payment-date`. The name on the wire is INFERRED. */
@Named('NextPaymentDateDto')
export class NextPaymentDateDto {
  @Wire('next_payment_date')
  @IsCalendarDate()
  nextPaymentDate!: string;
}
