import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { CustomerModule } from '../customer/customer.module.js';
import { PurchasesModule } from '../purchases/purchases.module.js';
import { SessionMiddleware } from '../session/session.middleware.js';
import { CheckoutController } from './checkout.controller.js';
import { CheckoutRateLimit } from './checkout-rate-limit.js';
import { CheckoutService } from './checkout.service.js';
import { PaymentReturnController } from './payment-return.controller.js';

/** Opens an order, starts a payment, receives the browser's return. */
@Module({
  imports: [CustomerModule, PurchasesModule],
  controllers: [CheckoutController, PaymentReturnController],
  providers: [CheckoutService, CheckoutRateLimit],
})
export class CheckoutModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(SessionMiddleware).forRoutes(CheckoutController);
  }
}
