import { IsOptional } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { ListFilterDto, type ListFilterInput } from '../../wire/list-filter.js';
import { IsCurrency } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

/** Which conversions to list. */
export interface ConversionFilterInput extends ListFilterInput {
  /** Upper-case ISO 4217. */
  readonly sourceCurrency?: string | undefined;
  /** Upper-case ISO 4217. */
  readonly targetCurrency?: string | undefined;
}

/** Query of `GET /balance_conversions`. */
@Named('ConversionFilterDto')
export class ConversionFilterDto extends ListFilterDto implements ConversionFilterInput {
  @Wire('source_currency')
  @IsOptional()
  @IsCurrency()
  sourceCurrency?: string;

  @Wire('target_currency')
  @IsOptional()
  @IsCurrency()
  targetCurrency?: string;
}
