import { IsIn, IsOptional, ValidateNested } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import type { PayinPurposeCode } from '../../values/payin-purpose-codes.js';
import { IsPurposeCode, IsRequestId } from '../../wire/rules.js';
import { ExcludedBy, NarrowedBy, RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';
import { PayinDto, type PayinInput, type QuotedPayinInput } from '../parts/payin.dto.js';
import { orderCurrencies, type PayinMethod } from '../parts/payin-terms.js';
import { LrsOrderDto, type LrsOrderInput } from './lrs-order.dto.js';

/** What an order has however its amount is given. */
interface OrderTerms extends PayinInput {
  /**
   * Your own key for this order, unique per account and at most 64 characters. With it calling
   * twice opens one order; without it, two.
   */
  readonly requestId?: string | undefined;
  /** `payinPurposeCodes` has them. @defaultValue the account's */
  readonly purposeCode?: PayinPurposeCode | undefined;
  /** Your reconciliation reference. */
  readonly referenceNumber?: string | undefined;
  /** Makes it a remittance: in USD, and with the purpose code S0001 or S0002 if you give one. */
  readonly lrs?: LrsOrderInput | undefined;
}

/** An order whose amount you say. */
interface PricedOrder {
  /** Minor units, 1 or more. */
  readonly amount: number;
  /** Upper-case ISO 4217: USD, EUR, GBP, AED, SGD or AUD. */
  readonly currency: string;
  /** Each has to be enabled on the account. @defaultValue every method that is */
  readonly paymentMethods?: readonly PayinMethod[] | undefined;
  readonly priceId?: IdText<'price'> | undefined;
  readonly splitIds?: readonly IdText<'split'>[] | undefined;
  readonly quoteId?: undefined;
}

/** An order as plain members: with an amount of its own, or bound to a quote. */
export type CreateOrderInput = OrderTerms & (PricedOrder | QuotedPayinInput);

/** Body of `POST /orders` (docs/gateway.md, Orders). */
@Named('CreateOrderDto')
export class CreateOrderDto extends PayinDto {
  @Wire('currency')
  @RequiredUnless('quoteId')
  @IsIn(orderCurrencies)
  @NarrowedBy('lrs', 'USD')
  @ExcludedBy('quoteId')
  currency?: string;

  @Wire('request_id')
  @IsOptional()
  @IsRequestId()
  requestId?: string;

  @Wire('purpose_code')
  @IsOptional()
  @IsPurposeCode('payin')
  @NarrowedBy('lrs', 'S0001', 'S0002')
  purposeCode?: PayinPurposeCode;

  @Wire('lrs', () => LrsOrderDto)
  @IsOptional()
  @ValidateNested()
  lrs?: LrsOrderDto;
}
