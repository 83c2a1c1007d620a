import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../tracking/store/row.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import { makeDurable } from './make-durable.js';
import {
  isBusy,
  rowsOf,
  type SqliteDatabase,
  type SqliteStatement,
  type SqliteValue,
} from './sqlite-database.js';

const LOCK_WAIT_MS = 30_000;
const LONGEST_NAP_MS = 10;

/**
 * One connection of the store.
 *
 * Drivers are synchronous: while SQLite itself waits for a lock (`busy_timeout`), this process does
 * nothing else, and a lock that a handler of this very process holds would never be freed. So
 * `busy_timeout` is 0, and waiting is done here, between turns of the event loop.
 *
 * The one place where the store runs a text: here the names of the host's choice come into it.
 */
export class SqliteConnection<Database extends SqliteDatabase> {
  readonly database: Database;
  readonly names: TableNames;
  readonly #statements = new Map<string, SqliteStatement>();

  private constructor(database: Database, names: TableNames) {
    this.database = database;
    this.names = names;
  }

  /** @throws {GlomopayConfigurationError} the database cannot promise what money needs. */
  static async open<Database extends SqliteDatabase>(
    open: () => Database,
    names: TableNames,
  ): Promise<SqliteConnection<Database>> {
    const connection = new SqliteConnection(open(), names);
    const { database } = connection;
    try {
      database.exec('PRAGMA busy_timeout = 0');
      await connection.patiently(() => makeDurable(database));
      return connection;
    } catch (thrown) {
      database.close();
      throw thrown;
    }
  }

  /** The rows of a statement, which is prepared once. */
  rows(sql: string, ...params: SqliteValue[]): Row[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(this.names.in(sql));
      this.#statements.set(sql, statement);
    }
    return rowsOf(statement, ...params);
  }

  /** The same for what is not to be kept, because tables are about to change. */
  rowsOnce(sql: string, ...params: SqliteValue[]): Row[] {
    return rowsOf(this.database.prepare(this.names.in(sql)), ...params);
  }

  /** Runs statements that give nothing. */
  run(sql: string): void {
    this.database.exec(this.names.in(sql));
  }

  /** Runs something again for as long as another process holds the lock it needs. */
  async patiently<T>(work: () => T): Promise<T> {
    const end = performance.now() + LOCK_WAIT_MS;
    for (let nap = 1; ; nap = Math.min(nap * 2, LONGEST_NAP_MS)) {
      try {
        return work();
      } catch (thrown) {
        if (!isBusy(thrown) || performance.now() > end) throw thrown;
      }
      await sleep(nap * (0.5 + Math.random()));
    }
  }

  /** One transaction that ends before the event loop turns. */
  write<T>(work: () => T): Promise<T> {
    return this.patiently(() => {
      this.#begin();
      try {
        const result = work();
        this.#commit();
        return result;
      } catch (thrown) {
        this.#rollback();
        throw thrown;
      }
    });
  }

  /** One transaction that is rolled back when the work ends. */
  undo<T>(work: () => T): Promise<T> {
    return this.patiently(() => {
      this.#begin();
      try {
        return work();
      } finally {
        this.#rollback();
      }
    });
  }

  /** One transaction that stays open for as long as the work takes. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    await this.patiently(() => this.#begin());
    try {
      const result = await work();
      this.#commit();
      return result;
    } catch (thrown) {
      this.#rollback();
      throw thrown;
    }
  }

  /** Moves the log into the database, unless another process is using it, and closes. */
  close(): void {
    try {
      rowsOf(this.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)'));
    } catch (thrown) {
      if (!isBusy(thrown)) throw thrown;
    } finally {
      this.#statements.clear();
      this.database.close();
    }
  }

  /**
   * Closes after a failure. What a failed handler has left running may hold statements of this
   * connection, which work on after `close()` in `libsql`: they can no longer write.
   */
  retire(): void {
    try {
      this.database.exec('PRAGMA query_only = ON');
      this.close();
    } catch {
      // Whatever is wrong with it, nothing of ours uses it any more.
    }
  }

  /** Takes the one right to write at once: a transaction that asks for it later can be refused it. */
  #begin(): void {
    this.database.exec('BEGIN IMMEDIATE');
  }

  #commit(): void {
    this.database.exec('COMMIT');
  }

  #rollback(): void {
    try {
      this.database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself already (disk full, input/output error).
    }
  }
}
