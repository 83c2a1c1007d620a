import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PurchaseRefundsService } from './purchase-refunds.service.js';
import { RefundDesk } from './refund-desk.js';
import { RefundLooks } from './refund-looks.js';
import { RefundRecorder } from './refund-recorder.js';

/** Money that goes back to buyers. */
@Module({
  imports: [DatabaseModule],
  providers: [PurchaseRefundsService, RefundDesk, RefundLooks, RefundRecorder],
  exports: [PurchaseRefundsService, RefundDesk, RefundLooks],
})
export class RefundsModule {}
