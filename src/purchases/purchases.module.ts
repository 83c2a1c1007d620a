import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { OrderConfirmations } from './order-confirmations.js';
import { OutcomeNews } from './outcome-news.js';
import { OutcomeRecorder } from './outcome-recorder.js';
import { PaymentConfirmationService } from './payment-confirmation.service.js';
import { PaymentWatcherService } from './payment-watcher.service.js';
import { PurchasesService } from './purchases.service.js';

/** The shop's own record of what was paid. */
@Module({
  imports: [DatabaseModule],
  providers: [
    OutcomeNews,
    OutcomeRecorder,
    OrderConfirmations,
    PurchasesService,
    PaymentConfirmationService,
    PaymentWatcherService,
  ],
  exports: [OutcomeNews, PurchasesService, PaymentConfirmationService, PaymentWatcherService],
})
export class PurchasesModule {}
