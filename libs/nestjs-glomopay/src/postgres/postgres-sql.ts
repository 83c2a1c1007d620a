import type { Sql, SqlTransaction } from '../tracking/store/sql/sql.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { retried } from './retried.js';
import type { StoreAdapter } from './store-adapter.js';

/** How Postgres runs the statements of a store. */
export class PostgresSql<Tx> implements Sql<Tx> {
  readonly read: PostgresQuery;
  readonly write: PostgresQuery;
  readonly #adapter: StoreAdapter<Tx>;

  constructor(adapter: StoreAdapter<Tx>) {
    this.#adapter = adapter;
    this.read = retried(adapter);
    this.write = this.read;
  }

  transaction<T>(work: (transaction: SqlTransaction<Tx>) => Promise<T>): Promise<T> {
    return this.#adapter.transaction((tx, query) =>
      work({ query, lend: (use) => this.#adapter.lend(tx, use) }),
    );
  }
}
