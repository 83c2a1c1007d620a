import { Module } from '@nestjs/common';
import { PurchasesModule } from '../purchases/purchases.module.js';
import { RefundsModule } from '../refunds/refunds.module.js';
import { StorefrontModule } from '../storefront/storefront.module.js';
import { MovementDesk } from './movement-desk.js';
import { MovementsController } from './movements.controller.js';
import { OperationsAccess } from './operations-access.js';
import { OperationsController } from './operations.controller.js';
import { OperationsGuard } from './operations.guard.js';
import { OperationsService } from './operations.service.js';
import { ReconciliationDesk } from './reconciliation-desk.js';
import { ReconciliationsController } from './reconciliations.controller.js';

/** For whoever keeps the shop running. */
@Module({
  imports: [PurchasesModule, RefundsModule, StorefrontModule],
  controllers: [OperationsController, MovementsController, ReconciliationsController],
  providers: [
    OperationsAccess,
    OperationsGuard,
    OperationsService,
    MovementDesk,
    ReconciliationDesk,
  ],
})
export class OperationsModule {}
