import { inspect } from 'node:util';
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
import { secretsOf } from '../../logging/secrets-of.js';
import { lastFour } from '../../values/last-four.js';
import { isAbsent, rule } from '../../wire/rule.js';
import { IsCalendarDate, IsCountry } from '../../wire/rules.js';
import { RequiredBeside } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';
import { customerTypes } from './customer.js';

/** Who a customer is, for remittances under India's Liberalised Remittance Scheme alone. */
export interface CustomerKycInput {
  /** Indian PAN, such as `ABCDE1234F`. */
  readonly panNumber: string;
}

/** `kyc` of a customer. A PAN is personal data: `inspect` shows the last four of it. */
@Named('CustomerKycDto')
export class CustomerKycDto implements CustomerKycInput {
  @Wire('pan_number')
  @Matches(/^[A-Z]{5}\d{4}[A-Z]$/, {
    message: '$property must be a PAN: five letters, four digits and a letter, in upper case',
  })
  panNumber!: string;

  [inspect.custom](): string {
    return `${this.constructor.name}(${lastFour(this.panNumber)})`;
  }
}

/**
 * A customer as plain members. Not checked before it is sent, because it needs a clock or depends on
 * the account: that `dob` is past, that the gateway serves the country, and that a pincode is needed there.
 */
export interface CreateCustomerInput {
  /** 2 to 128 letters, digits, spaces and `& . , ' -`; with `kyc` letters, digits and spaces only. */
  readonly name: string;
  readonly customerType: (typeof customerTypes)[number];
  /** Unique per account together with the country. */
  readonly email: string;
  /** With country code. Given where `kyc` is. */
  readonly phone?: string | undefined;
  /** A day of the calendar, `YYYY-MM-DD`, before today. */
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
  /** For remittances: with it a phone has to be given, and the name is plain. */
  readonly kyc?: CustomerKycInput | undefined;
}

/** Body of `POST /customer` (docs/gateway.md, Customers). */
@Named('CreateCustomerDto')
export class CreateCustomerDto implements CreateCustomerInput {
  @Wire('name')
  @Matches(/^[A-Za-z0-9 &.,'-]{2,128}$/, {
    message: "$property must be 2 to 128 letters, digits, spaces and & . , ' -",
  })
  @IsPlainWithKyc()
  name!: string;

  @Wire('customer_type')
  @IsIn(customerTypes)
  customerType!: (typeof customerTypes)[number];

  @Wire('email')
  @IsEmail()
  email!: string;

  @Wire('phone')
  @RequiredBeside('kyc')
  @IsString()
  @MinLength(1)
  phone?: string;

  @Wire('dob')
  @IsOptional()
  @IsCalendarDate()
  dob?: string;

  @Wire('nationality')
  @IsOptional()
  @IsCountry()
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
  @IsCountry()
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

/** The PAN of a customer in wire names, which no error may show. */
export const kycSecrets = secretsOf({ pan_number: 'personal' });

/** The gateway takes no more than letters, digits and spaces in the name of one who remits. */
function IsPlainWithKyc(): PropertyDecorator {
  return rule(
    'isPlainWithKyc',
    (name, customer) =>
      typeof name !== 'string' ||
      isAbsent(Reflect.get(customer, 'kyc')) ||
      /^[A-Za-z0-9 ]*$/.test(name),
    'must be letters, digits and spaces where kyc is given',
  );
}
