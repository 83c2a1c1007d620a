import type { Row } from '../tracking/store/row.js';
import type { TransactionOptions } from '../tracking/store/sql/connections/sql-adapter.js';

/** What a statement gives. */
export interface MysqlAnswer {
  /** Its rows; none of a statement that only writes. */
  readonly rows: readonly Row[];
  /** How many rows it has written. */
  readonly affected: number;
}

/** Runs one statement. Its values are in the text already: there is nothing to bind or to escape. */
export interface MysqlQuery {
  (text: string): Promise<MysqlAnswer>;
}

/**
 * What `MysqlTrackingStore` needs of a database library. `Tx` is what that library calls a transaction.
 *
 * Neither member may join a transaction that the caller has open: what is written here must stand
 * whatever becomes of that one. The store calls both in an async context of its own.
 */
export interface MysqlAdapter<Tx> {
  /** Runs a statement by itself; what it writes is committed when it resolves. */
  readonly query: MysqlQuery;
  /**
   * Runs the work in one `READ COMMITTED` transaction on one connection: commits when it resolves, rolls
   * back when it rejects.
   */
  transaction<T>(
    work: (tx: Tx, query: MysqlQuery) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /**
   * Runs what the host does with a transaction, for instance with the transaction put where the host
   * looks for it. @defaultValue the work is called
   */
  lent?(tx: Tx, work: () => Promise<void>): Promise<void>;
}

/**
 * The answer to a statement, whatever a driver or a library wraps it in: rows, a header that says how many
 * were written, or one of them with the columns beside it.
 */
export function answerOf(given: unknown): MysqlAnswer {
  if (Array.isArray(given)) {
    const [first] = given;
    if (Array.isArray(first) || affectedIn(first) !== undefined) return answerOf(first);
    return { rows: given.filter(isRow), affected: 0 };
  }
  const affected = affectedIn(given);
  if (affected === undefined) throw new Error('The database library gave an answer without rows');
  return { rows: [], affected };
}

function affectedIn(value: unknown): number | undefined {
  if (!isRow(value) || !('affectedRows' in value)) return undefined;
  return Number(value['affectedRows']);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}
