import type { Row } from '../tracking/row.js';

/** What is bound to a `?`. */
export type SqliteValue = string | number | Uint8Array | null;

/** A prepared statement. */
export interface SqliteStatement {
  all(...params: SqliteValue[]): unknown[];
}

/** A connection with the interface of `better-sqlite3`: `libsql`, `better-sqlite3`, `node:sqlite`. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

/**
 * Every row that a statement gives. Never one by `get`: `libsql` then leaves the statement open, and
 * an open read keeps the log from being moved into the database.
 */
export function rowsOf(statement: SqliteStatement, ...params: SqliteValue[]): Row[] {
  return statement.all(...params).filter(isRow);
}

/** Tells whether another connection holds the lock that was wanted. */
export function isBusy(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const code: unknown = Reflect.get(thrown, 'code');
  if (typeof code === 'string' && code.startsWith('SQLITE_BUSY')) return true;
  const extended: unknown = Reflect.get(thrown, 'errcode'); // node:sqlite
  return typeof extended === 'number' && extended % 256 === 5;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}
