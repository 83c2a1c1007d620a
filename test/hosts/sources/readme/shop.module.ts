import { Body, Controller, Inject, Module, Post } from '@nestjs/common';
import type { CardInput } from 'nestjs-glomopay';
import { AppModule } from './app.module.js';
import { CheckoutService } from './checkout.service.js';
import { PaymentController } from './payment.controller.js';

interface Checkout {
  readonly reference: string;
  readonly customerId: string;
  readonly card: CardInput;
}

@Controller('checkout')
class CheckoutController {
  constructor(@Inject(CheckoutService) private readonly checkouts: CheckoutService) {}

  @Post()
  async pay(@Body() { reference, customerId, card }: Checkout) {
    return { redirectUrl: await this.checkouts.pay(reference, customerId, card) };
  }
}

/** What the README leaves to the reader: who is listed where. */
@Module({
  imports: [AppModule],
  controllers: [CheckoutController, PaymentController],
  providers: [CheckoutService],
})
export class ShopModule {}
