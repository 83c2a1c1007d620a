import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type Database from 'libsql';
import { OnPaymentOutcome, type PaymentOutcome } from 'nestjs-glomopay';
import { openDatabase } from './database.js';

@Injectable()
export class PurchaseBook implements OnModuleDestroy {
  readonly #database = openDatabase();

  constructor() {
    this.#database.exec(`CREATE TABLE IF NOT EXISTS purchases
      (reference TEXT PRIMARY KEY, outcome TEXT NOT NULL) STRICT`);
  }

  /** In the transaction of the outcome: what belongs to it. That it is to be told is committed with it. */
  @OnPaymentOutcome()
  async record({ reference, outcome }: PaymentOutcome, tx: Database.Database): Promise<void> {
    tx.prepare('INSERT INTO purchases VALUES (?, ?)').run([reference, outcome]);
  }

  all(): unknown[] {
    return this.#database.prepare('SELECT * FROM purchases ORDER BY reference').all();
  }

  onModuleDestroy(): void {
    this.#database.close();
  }
}
