import type { Row } from '../tracking/store/row.js';

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
 * an open read keeps the log from being moved into the database. In an array of this realm: under Jest a
 * native driver makes those of another one.
 */
export function rowsOf(statement: SqliteStatement, ...params: SqliteValue[]): Row[] {
  return [...statement.all(...params)].filter(isRow);
}

/** Tells whether another connection holds the lock that was wanted, or is opening the log. */
export function isBusy(thrown: unknown): boolean {
  return hasCode(thrown, 'SQLITE_BUSY', 5) || hasCode(thrown, 'SQLITE_PROTOCOL', 15);
}

/** Tells whether the database may not be written. */
export function isReadOnly(thrown: unknown): boolean {
  return hasCode(thrown, 'SQLITE_READONLY', 8);
}

/** By the name with any extension, or, as `node:sqlite` has it, by the extended number. */
function hasCode(thrown: unknown, name: string, number: number): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const code: unknown = Reflect.get(thrown, 'code');
  if (typeof code === 'string' && code.startsWith(name)) return true;
  const extended: unknown = Reflect.get(thrown, 'errcode');
  return typeof extended === 'number' && extended % 256 === number;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}
