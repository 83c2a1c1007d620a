import type { Query } from './held-connection.js';

/** How a transaction is run. */
export interface TransactionOptions {
  /** Changes tables: its statements may take minutes. @defaultValue false */
  readonly patient?: boolean;
}

/** What the store of a database needs of a database library, whatever its statements look like. */
export interface SqlAdapter<Tx, Asked extends readonly unknown[], Answer> {
  /** Runs a statement by itself. */
  readonly query: Query<Asked, Answer>;
  /** Runs the work in one transaction: commits when it resolves, rolls back when it rejects. */
  transaction<T>(
    work: (tx: Tx, query: Query<Asked, Answer>) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /** Runs what the host does with a transaction. @defaultValue the work is called */
  lent?(tx: Tx, work: () => Promise<void>): Promise<void>;
}
