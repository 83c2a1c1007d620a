import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type Database from 'libsql';
import { GlomopayAccount, OnPaymentOutcome, type PaymentOutcome } from 'nestjs-glomopay';
import { openDatabase } from './database.js';

@Injectable()
export class PurchaseBook implements OnModuleDestroy {
  /** References of the emea account's outcomes only. */
  readonly inEmea: string[] = [];
  readonly #database = openDatabase();

  constructor() {
    this.#database.exec(`CREATE TABLE IF NOT EXISTS purchases
      (reference TEXT PRIMARY KEY, account TEXT NOT NULL, outcome TEXT NOT NULL) STRICT`);
  }

  /** Runs once for each payment of either account, in the transaction that records its outcome. */
  @OnPaymentOutcome()
  async record(outcome: PaymentOutcome, tx: Database.Database): Promise<void> {
    tx.prepare('INSERT INTO purchases VALUES (?, ?, ?)').run([
      outcome.reference,
      outcome.account,
      outcome.outcome,
    ]);
  }

  @OnPaymentOutcome()
  @GlomopayAccount('emea')
  async noteEmea({ reference }: PaymentOutcome): Promise<void> {
    this.inEmea.push(reference);
  }

  all(): unknown[] {
    return this.#database.prepare('SELECT * FROM purchases ORDER BY reference').all();
  }

  onModuleDestroy(): void {
    this.#database.close();
  }
}
