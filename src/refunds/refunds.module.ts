import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PurchaseRefundsService } from './purchase-refunds.service.js';
import { RefundDesk } from './refund-desk.js';
import { RefundLooks } from './refund-looks.js';
import { RefundWitness } from './refund-witness.js';

/** Money that goes back to buyers. */
@Module({
  imports: [DatabaseModule],
  providers: [PurchaseRefundsService, RefundDesk, RefundLooks, RefundWitness],
  exports: [PurchaseRefundsService, RefundDesk, RefundLooks],
})
export class RefundsModule {}
