import { UnreadableRowError } from './unreadable-row.error.js';

/**
 * A row of a database, by column. Numbers, flags (0, 1) and dates (milliseconds) may come as text or
 * bigint, since hosts configure their drivers differently.
 */
export type Row = Readonly<Record<string, unknown>>;

/**
 * A value as the driver gives it. A column that is not there is no newer row but another driver: one
 * that renames columns, or gives rows as lists.
 */
function valueOf(row: Row, column: string): unknown {
  const value = row[column];
  if (value !== undefined) return value;
  throw new Error(
    `The database library gave no column ${column}; it must give rows as objects, with columns as the statement names them`,
  );
}

/** Reads a whole number, however the driver gives it. */
export function whole(row: Row, column: string): number {
  const value = valueOf(row, column);
  const number = value === null || value === '' ? Number.NaN : Number(value);
  if (!Number.isSafeInteger(number)) throw new UnreadableRowError(column);
  return number;
}

/** Reads a text. */
export function text(row: Row, column: string): string {
  const value = valueOf(row, column);
  if (typeof value !== 'string') throw new UnreadableRowError(column);
  return value;
}

/** Reads a date from its milliseconds. */
export function date(row: Row, column: string): Date {
  return new Date(whole(row, column));
}

/** Reads a text that is one of these words. */
export function oneOf<T extends string>(words: readonly T[], row: Row, column: string): T {
  const value = valueOf(row, column);
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new UnreadableRowError(column);
  return word;
}

/** Reads a value that may be missing. */
export function optional<T>(
  read: (row: Row, column: string) => T,
  row: Row,
  column: string,
): T | null {
  return valueOf(row, column) === null ? null : read(row, column);
}

/** The row of a statement that always gives one. */
export function onlyRow(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('The database counted nothing');
  return row;
}
