import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { PaymentEventsModule } from '../payment-events/payment-events.module.js';
import { PurchasesModule } from '../purchases/purchases.module.js';
import { RefundsModule } from '../refunds/refunds.module.js';
import { SessionMiddleware } from '../session/session.middleware.js';
import { Assets } from './assets.js';
import { AssetsController } from './assets.controller.js';
import { CheckoutPageController } from './checkout-page.controller.js';
import { PageRenderer } from './page-renderer.js';
import { ResultPagesController } from './result-pages.controller.js';
import { StatusController } from './status.controller.js';

/** What buyers see. */
@Module({
  imports: [PurchasesModule, PaymentEventsModule, RefundsModule],
  controllers: [AssetsController, CheckoutPageController, ResultPagesController, StatusController],
  providers: [Assets, PageRenderer],
  exports: [PageRenderer],
})
export class StorefrontModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(SessionMiddleware).forRoutes(CheckoutPageController);
  }
}
