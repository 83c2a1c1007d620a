import { IsEmail, IsOptional, IsString, MinLength } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { Wire } from '../../wire/wire.decorator.js';

/** What of a customer can change after it was made. */
export interface UpdateCustomerInput {
  readonly email?: string | undefined;
  /** With country code. */
  readonly phone?: string | undefined;
}

/** Body of `PATCH /customer/{id}`. */
@Named('UpdateCustomerDto')
export class UpdateCustomerDto implements UpdateCustomerInput {
  @Wire('email')
  @IsOptional()
  @IsEmail()
  email?: string;

  @Wire('phone')
  @IsOptional()
  @IsString()
  @MinLength(1)
  phone?: string;
}
