import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PurchaseRefundsService } from './purchase-refunds.service.js';
import { RefundDesk } from './refund-desk.js';
import { RefundWitness } from './refund-witness.js';

/** Money that goes back to buyers. */
@Module({
  imports: [DatabaseModule],
  providers: [PurchaseRefundsService, RefundDesk, RefundWitness],
  exports: [PurchaseRefundsService, RefundDesk],
})
export class RefundsModule {}
