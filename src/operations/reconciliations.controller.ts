import { Controller, HttpStatus, Inject, Post, Redirect, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SameOriginGuard } from '../http/same-origin.guard.js';
import { OperationsGuard } from './operations.guard.js';
import { ReconciliationDesk } from './reconciliation-desk.js';

/** Begins comparisons with the gateway. */
@ApiExcludeController()
@Controller('operations/reconciliations')
@UseGuards(OperationsGuard)
export class ReconciliationsController {
  readonly #desk: ReconciliationDesk;
  constructor(@Inject(ReconciliationDesk) desk: ReconciliationDesk) {
    this.#desk = desk;
  }

  @Post()
  @UseGuards(SameOriginGuard)
  @Redirect('/operations#reconciliation-title', HttpStatus.SEE_OTHER)
  begin(): void {
    this.#desk.begin();
  }
}
