import { Inject, Injectable } from '@nestjs/common';
import { OnRefundOutcome, type RefundOutcome } from 'nestjs-glomopay';
import { ShopDatabase } from '../database/shop-database.js';
import { PurchaseRefundsService } from './purchase-refunds.service.js';

/** Writes what became of a refund: the only place that does. */
@Injectable()
export class RefundRecorder {
  readonly #database: ShopDatabase;
  readonly #refunds: PurchaseRefundsService;
  constructor(
    @Inject(ShopDatabase) database: ShopDatabase,
    @Inject(PurchaseRefundsService) refunds: PurchaseRefundsService,
  ) {
    this.#database = database;
    this.#refunds = refunds;
  }

  /** Runs once per refund, inside the transaction that records its outcome. */
  @OnRefundOutcome()
  async record(outcome: RefundOutcome, tx: unknown): Promise<void> {
    await this.#refunds.noteOutcome(outcome, this.#database.on(tx));
  }
}
