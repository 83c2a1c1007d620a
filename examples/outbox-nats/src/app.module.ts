import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { GlomopayModule, GlomopayTrackingModule } from 'nestjs-glomopay';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { CheckoutController } from './checkout.controller.js';
import { openDatabase } from './database.js';
import { OutcomePublisher } from './outcome-publisher.js';
import { PurchaseBook } from './purchase-book.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    GlomopayModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        secretKey: config.getOrThrow('GLOMOPAY_SECRET_KEY'),
        webhookSecret: config.getOrThrow('GLOMOPAY_WEBHOOK_SECRET'),
        callbackUrl: config.getOrThrow('GLOMOPAY_CALLBACK_URL'),
        baseUrl: config.get('GLOMOPAY_BASE_URL'),
      }),
    }),
    GlomopayTrackingModule.forRootAsync({
      webhooks: { path: '/webhooks/glomopay' },
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        store: new SqliteTrackingStore(openDatabase),
        // A broker may be away for an evening: once a minute for a day, and then a person.
        inbox: {
          maxTries: Number(config.get('OUTBOX_TRIES', 1_000)),
          retryMaxMs: Number(config.get('OUTBOX_PAUSE_MS', 60_000)),
        },
      }),
    }),
  ],
  controllers: [CheckoutController],
  providers: [PurchaseBook, OutcomePublisher],
})
export class AppModule {}
