import { Injectable } from '@nestjs/common';
import { OnPaymentOutcome, type PaymentOutcome } from 'nestjs-glomopay';
import { EntityManager } from 'typeorm';
import { Purchase } from './purchase.entity';

@Injectable()
export class PurchaseBook {
  /** Runs once for each payment, in the transaction that records its outcome. */
  @OnPaymentOutcome()
  async record({ reference, outcome, amount }: PaymentOutcome, tx: EntityManager): Promise<void> {
    await tx.insert(Purchase, { reference, outcome, amount });
  }
}
