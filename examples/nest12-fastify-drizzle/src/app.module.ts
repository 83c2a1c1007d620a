import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { sql } from 'drizzle-orm';
import { GlomopayModule, GlomopayTrackingModule } from 'nestjs-glomopay';
import { drizzleAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { CheckoutController } from './checkout.controller.js';
import { DATABASE, type Database, DatabaseModule } from './database.module.js';
import { PurchaseBook } from './purchase-book.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    DatabaseModule,
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
      imports: [DatabaseModule],
      inject: [DATABASE],
      useFactory: (db: Database) => ({
        store: new PostgresTrackingStore(drizzleAdapter(db, sql)),
      }),
    }),
  ],
  controllers: [CheckoutController],
  providers: [PurchaseBook],
})
export class AppModule {}
