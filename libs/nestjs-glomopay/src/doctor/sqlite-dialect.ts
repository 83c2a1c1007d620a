import { existsSync } from 'node:fs';
import type { SqliteDatabase } from '../sqlite/sqlite-database.js';
import { sqliteMigrations } from '../sqlite/sqlite-migrations.js';
import { sqliteNames } from '../sqlite/sqlite-store-options.js';
import { SqliteTrackingStore } from '../sqlite/sqlite-tracking-store.js';
import type { Dialect } from './dialect.js';
import { UnusableHostError } from './host-file.js';
import { classOf, hostDriver, noDriver } from './host-driver.js';

export const sqliteDialect: Dialect = {
  schemes: ['sqlite:', 'file:'],
  example: 'sqlite:.data/payments.db',
  statements: (from, { tablePrefix }) => sqliteMigrations(from, sqliteNames(tablePrefix)),
  grants: () => [],
  async open(url, { tablePrefix }, mayCreate) {
    const file = fileOf(url);
    if (!mayCreate && !existsSync(file)) throw new UnusableHostError('there is no such file');
    const Driver =
      classOf<SqliteDatabase>(await hostDriver('libsql'), 'default') ??
      classOf<SqliteDatabase>(await hostDriver('better-sqlite3'), 'default') ??
      classOf<SqliteDatabase>(await hostDriver('node:sqlite'), 'DatabaseSync') ??
      noDriver('libsql or better-sqlite3');
    const store = new SqliteTrackingStore(
      () => new Driver(file),
      tablePrefix === undefined ? {} : { tablePrefix },
    );
    return { store, close: () => store.close() };
  },
};

/** `sqlite:a.db`, `sqlite://a.db`, `file:/data/a.db`, `file:///data/a.db`. */
function fileOf(url: string): string {
  return decodeURIComponent(url.replace(/^(?:sqlite|file):(?:\/\/)?/, ''));
}
