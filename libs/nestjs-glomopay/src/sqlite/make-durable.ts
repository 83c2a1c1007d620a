import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { rowsOf, type SqliteDatabase } from './sqlite-database.js';

/**
 * Sets a connection up so that a commit survives a power cut, and checks that it took.
 *
 * @throws {GlomopayConfigurationError} the database cannot promise that.
 */
export function makeDurable(database: SqliteDatabase): void {
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA fullfsync = ON'); // macOS: through the disk's own cache
  const faults: string[] = [];
  if (setting(database, 'journal_mode') !== 'wal') {
    faults.push('store: the SQLite database must be a file that can have a log (journal_mode WAL)');
  }
  if (Number(setting(database, 'synchronous')) !== 2) {
    faults.push('store: the SQLite database must write through to the disk (synchronous FULL)');
  }
  if (faults.length > 0) throw new GlomopayConfigurationError(faults);
}

function setting(database: SqliteDatabase, name: string): unknown {
  return rowsOf(database.prepare(`PRAGMA ${name}`))[0]?.[name];
}
