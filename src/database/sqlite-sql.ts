import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'libsql';
import type { Sql, SqlValue } from './sql.js';

const LOCK_WAIT_MS = 30_000;
const NAP_MS = 5;

/** Runs statements on a connection of SQLite. */
export class SqliteSql implements Sql {
  readonly #connection: Database.Database;
  constructor(connection: Database.Database) {
    this.#connection = connection;
  }

  run(sql: string, ...values: readonly SqlValue[]): Promise<number> {
    return patiently(() =>
      committed(this.#connection, () => this.#connection.prepare(sql).run(...values).changes),
    );
  }

  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]> {
    return patiently((): readonly unknown[] => this.#connection.prepare(sql).all(...values));
  }
}

/**
 * Takes the right to write before the statement runs, by `exec`. A prepared statement of `libsql` that
 * is refused it (`SQLITE_BUSY`) stays unfinished, and what the same connection writes afterwards is
 * not committed, though it reports its changes.
 */
function committed<T>(connection: Database.Database, work: () => T): T {
  if (connection.inTransaction) {
    return work();
  }
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    connection.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Tries again while another connection has the lock, and lets this process go on meanwhile: the lock
 * may be held by an outcome handler of this very process, which a sleeping driver would stop too.
 */
export async function patiently<T>(work: () => T): Promise<T> {
  const end = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) {
        throw error;
      }
    }
    await sleep(NAP_MS * (0.5 + Math.random()));
  }
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('SQLITE_BUSY')
  );
}
