import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { APP_GUARD } from '@nestjs/core';
import { GlomopayModule, GlomopayTrackingModule } from 'nestjs-glomopay';
import { optionsOf, tracking } from './accounts.js';
import { CheckoutController } from './checkout.controller.js';
import { CheckoutService } from './checkout.service.js';
import { Outcomes } from './outcomes.js';
import { PaymentController } from './payment.controller.js';
import { SessionGuard } from './session.guard.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    GlomopayModule.forRootAsync(optionsOf('GLOMOPAY')),
    GlomopayModule.forRootAsync({ name: 'emea', ...optionsOf('EMEA') }),
    GlomopayTrackingModule.forRootAsync({
      webhooks: { path: '/webhooks/glomopay' },
      ...tracking(),
    }),
    GlomopayTrackingModule.forRootAsync({
      name: 'emea',
      webhooks: { path: '/webhooks/emea' },
      ...tracking(),
    }),
  ],
  controllers: [CheckoutController, PaymentController],
  providers: [CheckoutService, Outcomes, { provide: APP_GUARD, useClass: SessionGuard }],
})
export class AppModule {}
