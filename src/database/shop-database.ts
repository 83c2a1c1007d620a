import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import Database from 'libsql';
import { ShopSettings } from '../config/shop-settings.js';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS purchases (
    reference          TEXT PRIMARY KEY,
    session_hash       TEXT NOT NULL,
    account            TEXT NOT NULL,
    product_id         TEXT NOT NULL,
    amount             INTEGER NOT NULL CHECK (amount > 0),
    currency           TEXT NOT NULL,
    order_request_id   TEXT NOT NULL UNIQUE,
    payment_request_id TEXT NOT NULL UNIQUE,
    order_id           TEXT UNIQUE,
    payment_id         TEXT UNIQUE,
    status             TEXT NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed', 'mismatch')),
    failure_code       TEXT,
    created_at         TEXT NOT NULL,
    updated_at         TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS purchases_of_session ON purchases (session_hash, created_at);
  CREATE TABLE IF NOT EXISTS shop_customers (
    account     TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL
  );
`;

/** In place of a directory: nothing is kept when the shop stops. */
const IN_MEMORY = ':memory:';

/** The shop's SQLite file. No table has a place for card data. */
@Injectable()
export class ShopDatabase implements OnApplicationShutdown {
  readonly #connection: Database.Database;

  constructor(@Inject(ShopSettings) settings: ShopSettings) {
    this.#connection = new Database(databaseFile(settings.dataDir), { timeout: 5000 });
    this.#connection.pragma('journal_mode = WAL');
    // What we told a buyer must survive a power cut, so every commit reaches the disk.
    this.#connection.pragma('synchronous = FULL');
    this.#connection.pragma('busy_timeout = 5000');
    this.#connection.exec(SCHEMA);
  }

  /** Runs a statement and says how many rows it changed. */
  run(sql: string, ...values: readonly (string | number | null)[]): number {
    return this.#connection.prepare(sql).run(...values).changes;
  }

  /** The first row, still to be read field by field. */
  first(sql: string, ...values: readonly (string | number | null)[]): unknown {
    return this.#connection.prepare(sql).get(...values);
  }

  onApplicationShutdown(): void {
    if (this.#connection.open) {
      // Leaves one whole file behind, which is what backups copy.
      this.#connection.pragma('wal_checkpoint(TRUNCATE)');
      this.#connection.close();
    }
  }
}

function databaseFile(dataDir: string): string {
  if (dataDir === IN_MEMORY) {
    return IN_MEMORY;
  }
  mkdirSync(dataDir, { recursive: true });
  return join(dataDir, 'shop.db');
}
