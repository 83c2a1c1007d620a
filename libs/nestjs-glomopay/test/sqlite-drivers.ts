import { isBuiltin } from 'node:module';
import BetterSqlite3 from 'better-sqlite3';
import Libsql from 'libsql';
import type { SqliteDatabase } from '../src/sqlite/sqlite-database.js';

/** Opens a file with a driver. */
export type SqliteDriver = (path: string, options?: { readonly: boolean }) => SqliteDatabase;

/** Every driver that this Node can load. `node:sqlite` came with Node 22. */
export const sqliteDrivers: Readonly<Record<string, SqliteDriver>> = {
  libsql(path, options) {
    const database = new Libsql(path);
    // It opens for writing whatever it is told.
    if (options?.readonly === true) database.exec('PRAGMA query_only = ON');
    return database;
  },
  'better-sqlite3': (path, options) => new BetterSqlite3(path, options),
  ...(isBuiltin('node:sqlite') ? await nodeSqlite() : {}),
};

async function nodeSqlite(): Promise<Record<string, SqliteDriver>> {
  const name = 'node:sqlite'; // The types here are those of Node 20.
  const { DatabaseSync } = await import(name);
  return {
    'node:sqlite': (path, options) =>
      new DatabaseSync(path, { readOnly: options?.readonly ?? false }),
  };
}
