import { IsEmail, IsOptional, IsString, MinLength } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { RequestDto } from '../../wire/request-dto.js';
import { RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';

/** What of a customer can change after it was made: one of the two, or both. */
export type UpdateCustomerInput =
  | {
      readonly email: string;
      /** With country code. */
      readonly phone?: string | undefined;
    }
  | {
      /** With country code. */
      readonly phone: string;
      readonly email?: string | undefined;
    };

/** Body of `PATCH /customer/{id}`. */
@Named('UpdateCustomerDto')
export class UpdateCustomerDto extends RequestDto {
  @Wire('email')
  @RequiredUnless('phone')
  @IsEmail()
  email?: string;

  @Wire('phone')
  @IsOptional()
  @IsString()
  @MinLength(1)
  phone?: string;
}
