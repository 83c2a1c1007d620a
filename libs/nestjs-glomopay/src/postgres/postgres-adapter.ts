import type { Row } from '../tracking/store/row.js';

/** Runs one statement and gives its rows. Parameters are `$1`, `$2`, …: texts and numbers only. */
export interface PostgresQuery {
  (text: string, params: readonly (string | number)[]): Promise<readonly Row[]>;
}

/** How a transaction is run. */
export interface TransactionOptions {
  /** Changes tables: its statements may take minutes. @defaultValue false */
  readonly patient?: boolean;
}

/**
 * What `PostgresTrackingStore` needs of a database library. `Tx` is what that library calls a
 * transaction.
 *
 * Neither member may join a transaction that the caller has open: what is written here must stand
 * whatever becomes of that one. The store calls both in an async context of its own.
 */
export interface PostgresAdapter<Tx> {
  /** Runs a statement by itself. */
  readonly query: PostgresQuery;
  /**
   * Runs the work in one `READ COMMITTED` transaction: commits when it resolves, rolls back when it
   * rejects. Must reject when nothing was committed because a statement had failed inside and the
   * failure was swallowed.
   */
  transaction<T>(
    work: (tx: Tx, query: PostgresQuery) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /**
   * Runs what the host does with a transaction, for instance with the transaction put where the host
   * looks for it. @defaultValue the work is called
   */
  lent?(tx: Tx, work: () => Promise<void>): Promise<void>;
}

/** The rows of an answer, whatever a driver wraps them in. */
export function rowsOf(answer: unknown): readonly Row[] {
  if (typeof answer === 'object' && answer !== null && 'rows' in answer) return rowsOf(answer.rows);
  if (!Array.isArray(answer)) throw new Error('The database library gave an answer without rows');
  // TypeORM answers an UPDATE with [rows, count].
  if (answer.length === 2 && Array.isArray(answer[0])) return rowsOf(answer[0]);
  return answer.filter(isRow);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}
