import type { Row } from '../row.js';

/**
 * Runs one statement and gives its rows. Parameters are bound in the order that a text with `?` reads
 * them in; a database with numbered ones numbers them so.
 */
export interface SqlQuery {
  (statement: string, params: readonly (string | number)[]): Promise<readonly Row[]>;
}

/** A transaction that is open. */
export interface SqlTransaction<Tx> {
  readonly query: SqlQuery;
  /** Lends the transaction to the host for as long as its work takes. */
  lend(work: (tx: Tx) => Promise<void>): Promise<void>;
}

/** How a database runs statements. `Tx` is what the host's library calls a transaction. */
export interface Sql<Tx> {
  /** A statement that reads. */
  readonly read: SqlQuery;
  /** A statement that writes, by itself: durable when it resolves. */
  readonly write: SqlQuery;
  /** Commits when the work resolves, and rolls back when it rejects. */
  transaction<T>(work: (transaction: SqlTransaction<Tx>) => Promise<T>): Promise<T>;
}
