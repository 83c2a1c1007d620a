import { IsBoolean, IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { RequiredWith } from '../../wire/rules-between.js';
import { IsCurrency, IsMinorUnits } from '../../wire/rules.js';
import { RequestDto } from '../../wire/request-dto.js';
import { Wire } from '../../wire/wire.decorator.js';

const pricingTypes = ['fixed', 'percentage'] as const;

interface PriceBase {
  /**
   * Whether orders and links without a price have this one from now on; there is one such price.
   *
   * @defaultValue false; the first price is the default all the same
   */
  readonly setAsDefault?: boolean | undefined;
}

/** The same fee for every payment. */
interface FixedPrice {
  readonly pricingType: 'fixed';
  /** Minor units of `feesCurrency`, 1 or more. */
  readonly feesAmount: number;
  /** Upper-case ISO 4217. */
  readonly feesCurrency: string;
  readonly bps?: undefined;
}

/** A part of every payment. */
interface PercentagePrice {
  readonly pricingType: 'percentage';
  /** Hundredths of a percent, 1 or more: 1000 is 10 %. */
  readonly bps: number;
  readonly feesAmount?: undefined;
  readonly feesCurrency?: undefined;
}

/** A price as plain members. What it has depends on `pricingType`. */
export type CreatePriceInput = PriceBase & (FixedPrice | PercentagePrice);

/** Body of `POST /prices` (docs/gateway.md, Prices). */
@Named('CreatePriceDto')
export class CreatePriceDto extends RequestDto {
  @Wire('pricing_type')
  @IsIn(pricingTypes)
  pricingType!: (typeof pricingTypes)[number];

  @Wire('fees_amount')
  @RequiredWith('pricingType', 'fixed')
  @IsMinorUnits('feesCurrency')
  feesAmount?: number;

  @Wire('fees_currency')
  @RequiredWith('pricingType', 'fixed')
  @IsCurrency()
  feesCurrency?: string;

  @Wire('bps')
  @RequiredWith('pricingType', 'percentage')
  @IsInt()
  @Min(1)
  bps?: number;

  @Wire('set_as_default')
  @IsOptional()
  @IsBoolean()
  setAsDefault?: boolean;
}
