import type { Row } from '../tracking/store/row.js';
import { retried, untilNoConflict } from '../tracking/store/sql/connections/retried.js';
import { StoreAdapter } from '../tracking/store/sql/connections/store-adapter.js';
import type { Sql, SqlTransaction } from '../tracking/store/sql/sql.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import { withValues, type MysqlValue } from './literal.js';
import type { MysqlAdapter, MysqlAnswer, MysqlQuery } from './mysql-adapter.js';
import { isConflict, isNoSavepoint } from './mysql-error.js';

/** Runs a statement with its values. */
export interface MysqlRun {
  (statement: string, values: readonly MysqlValue[]): Promise<MysqlAnswer>;
}

/** A transaction that is open. */
export interface MysqlTransaction<Tx> extends SqlTransaction<Tx> {
  readonly run: MysqlRun;
}

/** The host's adapter as the store uses it, and the names that the host has chosen. */
export class MysqlStoreAdapter<Tx> extends StoreAdapter<Tx, [text: string], MysqlAnswer> {
  readonly names: TableNames;

  constructor(adapter: MysqlAdapter<Tx>, names: TableNames) {
    super(adapter);
    this.names = names;
  }
}

/** How MySQL runs the statements of a store. */
export class MysqlSql<Tx> implements Sql<Tx> {
  readonly run: MysqlRun;
  readonly read: Sql<Tx>['read'];
  readonly write: Sql<Tx>['write'];
  readonly #adapter: MysqlStoreAdapter<Tx>;

  constructor(adapter: MysqlStoreAdapter<Tx>) {
    this.#adapter = adapter;
    this.run = running(retried(adapter, isConflict), adapter.names);
    this.read = async (statement, params) => (await this.run(statement, params)).rows;
    this.write = this.read;
  }

  /** Begun again where MySQL has rolled it back before it was lent: nothing of the host's has run. */
  transaction<T>(work: (transaction: MysqlTransaction<Tx>) => Promise<T>): Promise<T> {
    let wasLent = false;
    return untilNoConflict(
      (thrown) => !wasLent && isConflict(thrown),
      () =>
        this.#adapter.transaction((tx, query) => {
          const run = running(query, this.#adapter.names);
          return work({
            run,
            query: async (statement, params) => (await run(statement, params)).rows,
            lend: (use) => {
              wasLent = true;
              return whole(run, () => this.#adapter.lend(tx, use));
            },
          });
        }),
    );
  }
}

/**
 * Lends a transaction, and makes sure that it is still there afterwards. A deadlock ends all of it, and a
 * handler that swallows the failure goes on without one; so does `CREATE TABLE`, which commits. `COMMIT`
 * tells of neither.
 */
async function whole(run: MysqlRun, lend: () => Promise<void>): Promise<void> {
  await run('SAVEPOINT glomopay_lent', []);
  await lend();
  try {
    await run('RELEASE SAVEPOINT glomopay_lent', []);
  } catch (thrown) {
    throw isNoSavepoint(thrown) ? new TransactionEndedError(thrown) : thrown;
  }
}

/** The one place where a store runs a text: the names come into it, then the values. */
function running(query: MysqlQuery, names: TableNames): MysqlRun {
  return async (statement, values) => {
    const { rows, affected } = await query(withValues(names.in(statement), values));
    return { rows: rows.map(withTexts), affected };
  };
}

/** Texts are kept in bytes, and read as UTF-8 whatever character set the connection has. */
function withTexts(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      column !== 'body' && value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    ]),
  );
}

class TransactionEndedError extends Error {
  constructor(cause: unknown) {
    super(
      'The transaction ended while the handler had it: a failure that ends it (a deadlock) was swallowed, or a statement was run that commits it (CREATE, ALTER, COMMIT)',
      { cause },
    );
    this.name = 'TransactionEndedError';
  }
}
