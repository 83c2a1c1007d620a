import { IsIn, IsOptional } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { IsInstant } from '../../wire/rules.js';
import { RequestDto } from '../../wire/request-dto.js';
import { Wire } from '../../wire/wire.decorator.js';
import { reminderDays, type ReminderDays } from './reminder-days.js';

interface PaymentLinkChanges {
  /** Days between reminders. */
  readonly reminderFrequency: ReminderDays;
  /** At most six months from now; written as `expiresAt` of a create. */
  readonly expiresAt: string;
}

/** What of a payment link can change after it was made: one of the two, or both. */
export type UpdatePaymentLinkInput = Partial<PaymentLinkChanges> &
  (Pick<PaymentLinkChanges, 'reminderFrequency'> | Pick<PaymentLinkChanges, 'expiresAt'>);

/** Body of `PATCH /payin/{id}`. */
@Named('UpdatePaymentLinkDto')
export class UpdatePaymentLinkDto extends RequestDto {
  @Wire('reminder_frequency')
  @IsOptional()
  @IsIn(reminderDays)
  reminderFrequency?: ReminderDays;

  @Wire('expires_at')
  @IsOptional()
  @IsInstant()
  expiresAt?: string;
}
