import {
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { Wire } from '../../wire/wire.decorator.js';
import { customerTypes } from './customer.js';

const ALPHA_3 = /^[A-Z]{3}$/;

/** Details for remittances. */
export interface CustomerKycInput {
  /** Indian PAN. */
  readonly panNumber?: string | undefined;
}

/** `kyc` of a customer. */
@Named('CustomerKycDto')
export class CustomerKycDto implements CustomerKycInput {
  @Wire('pan_number')
  @IsOptional()
  @IsString()
  panNumber?: string;
}

/** A customer as plain members. */
export interface CreateCustomerInput {
  /** 2 to 128 letters, digits, spaces and `& . , ' -`. */
  readonly name: string;
  readonly customerType: (typeof customerTypes)[number];
  /** Unique per account together with the country. */
  readonly email: string;
  /** With country code. */
  readonly phone?: string | undefined;
  /** `YYYY-MM-DD`, before today. */
  readonly dob?: string | undefined;
  /** ISO 3166 alpha-3, upper case. */
  readonly nationality?: string | undefined;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  /** ISO 3166 alpha-3, upper case. */
  readonly country: string;
  /** Mandatory for some countries. */
  readonly pincode?: string | undefined;
  readonly kyc?: CustomerKycInput | undefined;
}

/** Body of `POST /customer` (docs/gateway.md, Customers). */
@Named('CreateCustomerDto')
export class CreateCustomerDto implements CreateCustomerInput {
  @Wire('name')
  @Matches(/^[A-Za-z0-9 &.,'-]{2,128}$/, {
    message: "$property must be 2 to 128 letters, digits, spaces and & . , ' -",
  })
  name!: string;

  @Wire('customer_type')
  @IsIn(customerTypes)
  customerType!: (typeof customerTypes)[number];

  @Wire('email')
  @IsEmail()
  email!: string;

  @Wire('phone')
  @IsOptional()
  @IsString()
  phone?: string;

  @Wire('dob')
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: '$property must be a date, YYYY-MM-DD' })
  dob?: string;

  @Wire('nationality')
  @IsOptional()
  @Matches(ALPHA_3, { message: '$property must be an ISO 3166 alpha-3 code in upper case' })
  nationality?: string;

  @Wire('address')
  @IsString()
  @MinLength(1)
  address!: string;

  @Wire('city')
  @IsString()
  @MinLength(1)
  city!: string;

  @Wire('state')
  @IsString()
  @MinLength(1)
  state!: string;

  @Wire('country')
  @Matches(ALPHA_3, { message: '$property must be an ISO 3166 alpha-3 code in upper case' })
  country!: string;

  @Wire('pincode')
  @IsOptional()
  @IsString()
  pincode?: string;

  @Wire('kyc', () => CustomerKycDto)
  @IsOptional()
  @ValidateNested()
  kyc?: CustomerKycDto;
}
