import { IsIn, IsOptional } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { IsInstant } from '../../wire/rules.js';
import { RequestDto } from '../../wire/request-dto.js';
import { RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';
import { reminderDays, type ReminderDays } from './reminder-days.js';

/** What of a payment link can change after it was made: one of the two, or both. */
export type UpdatePaymentLinkInput =
  | {
      /** Days between reminders. */
      readonly reminderFrequency: ReminderDays;
      /** At most six months from now; written as `expiresAt` of a create. */
      readonly expiresAt?: string | undefined;
    }
  | {
      /** At most six months from now; written as `expiresAt` of a create. */
      readonly expiresAt: string;
      /** Days between reminders. */
      readonly reminderFrequency?: ReminderDays | undefined;
    };

/** Body of `PATCH /payin/{id}`. */
@Named('UpdatePaymentLinkDto')
export class UpdatePaymentLinkDto extends RequestDto {
  @Wire('reminder_frequency')
  @RequiredUnless('expiresAt')
  @IsIn(reminderDays)
  reminderFrequency?: ReminderDays;

  @Wire('expires_at')
  @IsOptional()
  @IsInstant()
  expiresAt?: string;
}
