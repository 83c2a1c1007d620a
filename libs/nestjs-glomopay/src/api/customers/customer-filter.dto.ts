import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { secretsOf } from '../../logging/secrets-of.js';
import { ListFilterDto, type ListFilterInput } from '../../wire/list-filter.js';
import { Wire } from '../../wire/wire.decorator.js';
import { customerTypes } from './customer.js';

/** Which customers to list. */
export interface CustomerFilterInput extends ListFilterInput {
  readonly customerType?: (typeof customerTypes)[number] | undefined;
  readonly emailAddress?: string | undefined;
  /** PAN. */
  readonly taxIdentificationNumber?: string | undefined;
}

/** Query of `GET /customer`. */
@Named('CustomerFilterDto')
export class CustomerFilterDto extends ListFilterDto implements CustomerFilterInput {
  @Wire('customer_type')
  @IsOptional()
  @IsIn(customerTypes)
  customerType?: (typeof customerTypes)[number];

  @Wire('email_address')
  @IsOptional()
  @IsString()
  emailAddress?: string;

  @Wire('tax_identification_number')
  @IsOptional()
  @Matches(/^[A-Z]{5}\d{4}[A-Z]$/, {
    message: '$property must be a PAN: five letters, four digits and a letter, in upper case',
  })
  taxIdentificationNumber?: string;
}

/** The PAN of a filter in wire names, which no error may show. */
export const filterSecrets = secretsOf({ tax_identification_number: 'personal' });
