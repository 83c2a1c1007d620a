import { Body, Controller, Inject, Post } from '@nestjs/common';
import type { CardInput } from 'nestjs-glomopay';
import { CheckoutService } from './checkout.service.js';
import { Public } from './public.js';

interface Checkout {
  readonly reference: string;
  readonly customerId: string;
  readonly card: CardInput;
}

@Controller('checkout')
export class CheckoutController {
  constructor(@Inject(CheckoutService) private readonly checkouts: CheckoutService) {}

  @Post()
  @Public()
  pay(@Body() { reference, customerId, card }: Checkout) {
    return this.checkouts.pay(reference, customerId, card);
  }
}
