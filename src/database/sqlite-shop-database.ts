import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import type { TrackingStore } from 'nestjs-glomopay';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { ShopConfigurationError } from '../config/shop-configuration.error.js';
import { schema } from './schema.js';
import { ShopDatabase } from './shop-database.js';
import type { Sql, SqlValue } from './sql.js';
import { patiently, SqliteSql } from './sqlite-sql.js';

/** The shop's data in a file, for one machine. Several processes may share it. */
export class SqliteShopDatabase extends ShopDatabase {
  readonly #file: string;
  readonly #connection: Database.Database;
  readonly #sql: SqliteSql;

  private constructor(file: string, connection: Database.Database) {
    super();
    this.#file = file;
    this.#connection = connection;
    this.#sql = new SqliteSql(connection);
  }

  /**
   * Opens the file of a directory, and makes both where they are missing.
   *
   * @throws {ShopConfigurationError} the file was made by another version of this shop.
   */
  static async open(directory: string): Promise<SqliteShopDatabase> {
    mkdirSync(directory, { recursive: true });
    const file = join(directory, 'shop.db');
    const connection = new Database(file);
    try {
      connection.pragma('busy_timeout = 0');
      await patiently(() => connection.pragma('journal_mode = WAL'));
      // What we told a buyer must survive a power cut, so every commit reaches the disk.
      connection.pragma('synchronous = FULL');
      await patiently(() => makeTables(connection));
      return new SqliteShopDatabase(file, connection);
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  override run(sql: string, ...values: readonly SqlValue[]): Promise<number> {
    return this.#sql.run(sql, ...values);
  }

  override all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]> {
    return this.#sql.all(sql, ...values);
  }

  override trackingStore(): TrackingStore {
    return new SqliteTrackingStore(() => new Database(this.#file));
  }

  override on(tx: unknown): Sql {
    if (!(tx instanceof Database)) {
      throw new TypeError('The transaction is not one of the SQLite store');
    }
    return new SqliteSql(tx);
  }

  override async onApplicationShutdown(): Promise<void> {
    if (this.#connection.open) {
      // Leaves one whole file behind, which is what backups copy.
      await patiently(() => this.#connection.pragma('wal_checkpoint(TRUNCATE)'));
      this.#connection.close();
    }
  }
}

/** In one transaction that waits for other processes: two may start at the same time. */
function makeTables(connection: Database.Database): void {
  connection.exec('BEGIN IMMEDIATE');
  try {
    connection.exec(schema('INTEGER PRIMARY KEY AUTOINCREMENT'));
    assertTables(connection);
    connection.exec('COMMIT');
  } catch (error) {
    connection.exec('ROLLBACK');
    throw error;
  }
}

function assertTables(connection: Database.Database): void {
  try {
    connection.prepare('SELECT id, reference, outcome FROM purchases LIMIT 0').all();
  } catch {
    throw new ShopConfigurationError([
      'DATA_DIR: its shop.db was made by another version of this shop; move it away or choose another directory',
    ]);
  }
}
