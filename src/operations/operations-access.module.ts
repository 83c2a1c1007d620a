import { Module } from '@nestjs/common';
import { OperationsAccess } from './operations-access.js';
import { OperationsGuard } from './operations.guard.js';

/** Who may open what is for operators. */
@Module({
  providers: [OperationsAccess, OperationsGuard],
  exports: [OperationsAccess, OperationsGuard],
})
export class OperationsAccessModule {}
