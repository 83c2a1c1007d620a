import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GlomopayModule, GlomopayTrackingModule } from 'nestjs-glomopay';
import { PostgresTrackingStore, typeOrmAdapter } from 'nestjs-glomopay/postgres';
import { DataSource } from 'typeorm';
import { CheckoutController } from './checkout.controller';
import { Purchase } from './purchase.entity';
import { PurchaseBook } from './purchase-book';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    TypeOrmModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        type: 'postgres',
        url: config.getOrThrow('DATABASE_URL'),
        entities: [Purchase],
        synchronize: true, // for an example; use migrations for a shop
      }),
    }),
    TypeOrmModule.forFeature([Purchase]),
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
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => ({
        store: new PostgresTrackingStore(typeOrmAdapter(dataSource)),
      }),
    }),
  ],
  controllers: [CheckoutController],
  providers: [PurchaseBook],
})
export class AppModule {}
