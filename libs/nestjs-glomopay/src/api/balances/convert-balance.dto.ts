import { IsOptional } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { RequestDto } from '../../wire/request-dto.js';
import { IsCurrency, IsMinorUnits } from '../../wire/rules.js';
import { ExactlyOneOf } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';

/** Between which currencies. */
interface ConversionPair {
  /** Upper-case ISO 4217: what is taken. */
  readonly sourceCurrency: string;
  /** Upper-case ISO 4217: what is wanted. */
  readonly targetCurrency: string;
}

/** How much is converted: one of the two amounts, and the other one follows from rate and fees. */
export type ConvertBalanceInput = ConversionPair &
  (
    | {
        /** Minor units of `sourceCurrency`, 1 or more. */
        readonly sourceAmount: number;
        readonly targetAmount?: undefined;
      }
    | {
        /** Minor units of `targetCurrency`, 1 or more. */
        readonly targetAmount: number;
        readonly sourceAmount?: undefined;
      }
  );

/** Body of `POST /balance_conversions` (docs/gateway.md, Balances). */
@Named('ConvertBalanceDto')
export class ConvertBalanceDto extends RequestDto implements ConversionPair {
  @Wire('source_currency')
  @IsCurrency()
  sourceCurrency!: string;

  @Wire('target_currency')
  @IsCurrency()
  targetCurrency!: string;

  @Wire('source_amount')
  @ExactlyOneOf('sourceAmount', 'targetAmount')
  @IsMinorUnits('sourceCurrency')
  sourceAmount?: number;

  @Wire('target_amount')
  @IsOptional()
  @IsMinorUnits('targetCurrency')
  targetAmount?: number;
}
