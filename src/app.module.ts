import { type DynamicModule, Module } from '@nestjs/common';
import { GlomopayModule, GlomopayTrackingModule } from 'nestjs-glomopay';
import { CheckoutModule } from './checkout/checkout.module.js';
import { ShopSettings } from './config/shop-settings.js';
import { DatabaseModule } from './database/database.module.js';
import { ShopDatabase } from './database/shop-database.js';
import { HealthModule } from './health/health.module.js';
import { ConnectionDrain } from './http/connection-drain.js';
import { GatewayAccount } from './local-gateway/gateway-account.js';
import { LocalGatewayModule } from './local-gateway/local-gateway.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { PaymentEventsModule } from './payment-events/payment-events.module.js';
import { WEBHOOK_PATH } from './payment-events/webhook-path.js';
import { ProblemsModule } from './problems/problems.module.js';
import { StorefrontModule } from './storefront/storefront.module.js';
import { openWorkEngine } from './tracking/open-work-engine.js';

/** The shop: the only place where its features meet. */
@Module({})
export class AppModule {
  static with(settings: DynamicModule, account: GatewayAccount): DynamicModule {
    return {
      module: AppModule,
      imports: [
        settings,
        LocalGatewayModule.with(account),
        GlomopayModule.forRootAsync({
          inject: [GatewayAccount],
          useFactory: (gateway: GatewayAccount) => gateway.moduleOptions(),
        }),
        GlomopayTrackingModule.forRootAsync({
          ...(account.takesWebhooks && { webhooks: { path: WEBHOOK_PATH } }),
          imports: [DatabaseModule],
          inject: [ShopDatabase, ShopSettings],
          useFactory: async (database: ShopDatabase, shop: ShopSettings) => ({
            store: database.trackingStore(),
            engine: await openWorkEngine(shop),
            sweep: { everyMs: shop.sweepEveryMs, firstCheckMs: shop.sweepFirstCheckMs },
          }),
        }),
        CheckoutModule,
        PaymentEventsModule,
        StorefrontModule,
        OperationsModule,
        HealthModule,
        ProblemsModule,
      ],
      providers: [ConnectionDrain],
    };
  }
}
