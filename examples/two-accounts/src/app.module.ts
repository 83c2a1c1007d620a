import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { GlomopayModule, GlomopayTrackingModule } from 'nestjs-glomopay';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { CheckoutController } from './checkout.controller.js';
import { openDatabase } from './database.js';
import { PurchaseBook } from './purchase-book.js';

/** What the environment says of an account: GLOMOPAY_SECRET_KEY, EMEA_SECRET_KEY and so on. */
const accountFrom = (prefix: string) => ({
  inject: [ConfigService],
  useFactory: (config: ConfigService) => ({
    secretKey: config.getOrThrow(`${prefix}_SECRET_KEY`),
    webhookSecret: config.getOrThrow(`${prefix}_WEBHOOK_SECRET`),
    callbackUrl: config.getOrThrow(`${prefix}_CALLBACK_URL`),
    baseUrl: config.get(`${prefix}_BASE_URL`),
  }),
});

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    GlomopayModule.forRootAsync(accountFrom('GLOMOPAY')),
    GlomopayModule.forRootAsync({ name: 'emea', ...accountFrom('EMEA') }),
    GlomopayTrackingModule.forRoot({
      store: new SqliteTrackingStore(openDatabase),
      webhooks: { path: '/webhooks/glomopay' },
    }),
    GlomopayTrackingModule.forRoot({
      name: 'emea',
      store: new SqliteTrackingStore(openDatabase),
      webhooks: { path: '/webhooks/emea' },
    }),
  ],
  controllers: [CheckoutController],
  providers: [PurchaseBook],
})
export class AppModule {}
