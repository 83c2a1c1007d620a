import { assertSchema, schemaReached, statementsFrom } from '../tracking/store/schema-version.js';
import { first, versions } from './sqlite-schema.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { rowsOf, type SqliteDatabase } from './sqlite-database.js';

/**
 * Brings the tables to this version, inside a transaction: a process that starts meanwhile waits.
 *
 * @throws {GlomopayConfigurationError} the tables are those of a newer version.
 */
export function migrateSqlite(connection: SqliteConnection<SqliteDatabase>): void {
  for (const statement of statementsFrom(reached(connection), first, versions)) {
    connection.database.exec(statement);
  }
  assertWritable(connection);
}

/** @throws {GlomopayConfigurationError} the tables are missing, or those of another version. */
export function assertSqliteMigrated(connection: SqliteConnection<SqliteDatabase>): void {
  assertSchema(reached(connection), 'sqlite');
  assertWritable(connection);
}

/** Fails as every write would; by itself even `BEGIN IMMEDIATE` does not on a file that is read only. */
function assertWritable({ database }: SqliteConnection<SqliteDatabase>): void {
  database.exec('UPDATE glomopay_migrations SET version = version WHERE version < 0');
}

/** What brings tables of a version to this one, to be run by hand. */
export function sqliteMigrations(from: number): string[] {
  const statements = statementsFrom(from, first, versions);
  return statements.length === 0 ? [] : ['BEGIN IMMEDIATE', ...statements, 'COMMIT'];
}

/** Not by statements that are kept: the table is about to change. */
function reached({ database }: SqliteConnection<SqliteDatabase>): number {
  const there = database.prepare(
    `SELECT 1 AS there FROM sqlite_master WHERE type = 'table' AND name = 'glomopay_migrations'`,
  );
  if (rowsOf(there).length === 0) return 0;
  return schemaReached(rowsOf(database.prepare('SELECT * FROM glomopay_migrations')));
}
