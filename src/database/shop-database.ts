import type { OnApplicationShutdown } from '@nestjs/common';
import type { TrackingStore } from 'nestjs-glomopay';
import type { Sql, SqlValue } from './sql.js';

/** The shop's own data. No table has a place for card data. */
export abstract class ShopDatabase implements Sql, OnApplicationShutdown {
  abstract run(sql: string, ...values: readonly SqlValue[]): Promise<number>;
  abstract all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]>;

  /** The first row, still to be read field by field. */
  async first(sql: string, ...values: readonly SqlValue[]): Promise<unknown> {
    return (await this.all(sql, ...values))[0];
  }

  /** Keeps tracked payments in the same database, so that one commit covers both. */
  abstract trackingStore(): TrackingStore;

  /**
   * Writes inside a transaction of {@link trackingStore}.
   *
   * @throws {TypeError} the transaction is of another database.
   */
  abstract on(tx: unknown): Sql;

  abstract onApplicationShutdown(): Promise<void>;
}
