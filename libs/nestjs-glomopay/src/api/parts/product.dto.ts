import { IsOptional, IsString, MinLength } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { Wire } from '../../wire/wire.decorator.js';

/** What is sold. */
export interface ProductInput {
  readonly name: string;
  readonly description?: string | undefined;
}

/** `product` of an order or a payment link. */
@Named('ProductDto')
export class ProductDto implements ProductInput {
  @Wire('name')
  @IsString()
  @MinLength(1)
  name!: string;

  @Wire('description')
  @IsOptional()
  @IsString()
  description?: string;
}
