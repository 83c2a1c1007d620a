import { Module } from '@nestjs/common';
import { GlomopayOperationsModule } from 'nestjs-glomopay/operations';
import type { ShopRequest } from '../http/shop-request.js';
import { PurchasesModule } from '../purchases/purchases.module.js';
import { RefundsModule } from '../refunds/refunds.module.js';
import { StorefrontModule } from '../storefront/storefront.module.js';
import { nameOf } from './basic-credentials.js';
import { OperationsAccessModule } from './operations-access.module.js';
import { OperationsGuard } from './operations.guard.js';
import { RefundsController } from './refunds.controller.js';

/** For whoever keeps the shop running: the library's operations, and refunds, which are the shop's. */
@Module({
  imports: [
    PurchasesModule,
    RefundsModule,
    StorefrontModule,
    OperationsAccessModule,
    GlomopayOperationsModule.forRoot({
      imports: [OperationsAccessModule],
      guards: [OperationsGuard],
      actor: ({ headers }: ShopRequest) => nameOf(headers.authorization ?? '') ?? '',
      links: [{ text: 'Paid purchases', href: '/operations/refunds' }],
    }),
  ],
  controllers: [RefundsController],
})
export class OperationsModule {}
