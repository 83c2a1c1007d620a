import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInstance, ValidateNested } from 'class-validator';
import { CardDto } from 'nestjs-glomopay';
import {
  currencies,
  type ProductId,
  productIds,
  type ShopCurrency,
} from '../../catalogue/catalogue.js';

/** What a browser sends to pay. It has no place for a price: that comes from the catalogue. */
export class StartCheckoutDto {
  @ApiProperty({ enum: productIds })
  @IsIn(productIds)
  readonly product!: ProductId;

  @ApiProperty({ enum: currencies })
  @IsIn(currencies)
  readonly currency!: ShopCurrency;

  // An empty list passes ValidateNested, so the instance is asked for too.
  @ApiProperty({ type: CardDto, writeOnly: true })
  @IsInstance(CardDto)
  @ValidateNested()
  @Type(() => CardDto)
  readonly card!: CardDto;
}
