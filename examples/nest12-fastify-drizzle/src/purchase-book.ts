import { Injectable } from '@nestjs/common';
import { OnPaymentOutcome, type PaymentOutcome } from 'nestjs-glomopay';
import type { Database } from './database.module.js';
import { purchases } from './purchases.js';

@Injectable()
export class PurchaseBook {
  /** Runs once for each payment, in the transaction that records its outcome. */
  @OnPaymentOutcome()
  async record(
    { reference, outcome, amount }: PaymentOutcome,
    tx: Pick<Database, 'insert'>,
  ): Promise<void> {
    await tx.insert(purchases).values({ reference, outcome, amount });
  }
}
