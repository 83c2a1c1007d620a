import Database from 'libsql';
import type { SqliteDatabase } from '../src/sqlite/sqlite-database.js';
import type { SharedDatabase } from './newer-rows.js';
import { aSqliteFile, openSqliteOn, type SqliteFile } from './sqlite-file.js';

/** A store of a driver, and another connection to its file. */
export async function sqliteAndBeside<Driver extends SqliteDatabase>(
  driver: (path: string) => Driver,
): Promise<SharedDatabase & { readonly file: SqliteFile }> {
  const file = await aSqliteFile();
  return {
    file,
    harness: await openSqliteOn(file, driver),
    run: async (statement) => runOn(file.path, statement),
  };
}

/** Runs one statement on a connection of its own; gives its rows. */
export function runOn(path: string, statement: string): unknown[] {
  const database = new Database(path);
  try {
    if (statement.startsWith('SELECT')) return database.prepare(statement).all();
    database.exec(statement);
    return [];
  } finally {
    database.close();
  }
}
