import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PurchasesModule } from '../purchases/purchases.module.js';
import { RefundsModule } from '../refunds/refunds.module.js';
import { PaymentEventNews } from './payment-event-news.js';
import { PaymentEventRecorder } from './payment-event-recorder.js';
import { PaymentEventsService } from './payment-events.service.js';
import { PurchaseProgressService } from './purchase-progress.service.js';

/** Reacts to what the gateway tells by webhook. */
@Module({
  imports: [DatabaseModule, PurchasesModule, RefundsModule],
  providers: [
    PaymentEventNews,
    PaymentEventRecorder,
    PaymentEventsService,
    PurchaseProgressService,
  ],
  exports: [PurchaseProgressService],
})
export class PaymentEventsModule {}
