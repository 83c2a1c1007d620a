import { assertSchema, schemaReached, statementsFrom } from '../tracking/store/schema-version.js';
import { first, versions } from './sqlite-schema.js';
import { sqliteNames } from './sqlite-store-options.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';

/**
 * Brings the tables to this version, inside a transaction: a process that starts meanwhile waits.
 *
 * @throws {GlomopayConfigurationError} the tables are those of a newer version.
 */
export function migrateSqlite(connection: SqliteConnection<SqliteDatabase>): void {
  for (const statement of statementsFrom(sqliteReached(connection), first, versions)) {
    connection.run(statement);
  }
  assertWritable(connection);
}

/** @throws {GlomopayConfigurationError} the tables are missing, or those of another version. */
export function assertSqliteMigrated(connection: SqliteConnection<SqliteDatabase>): void {
  assertSchema(sqliteReached(connection), 'sqlite', connection.names);
  assertWritable(connection);
}

/** Fails as every write would; by itself even `BEGIN IMMEDIATE` does not on a file that is read only. */
function assertWritable(connection: SqliteConnection<SqliteDatabase>): void {
  connection.run('UPDATE glomopay_migrations SET version = version WHERE version < 0');
}

/** What brings tables of a version to this one, to be run by hand. */
export function sqliteMigrations(from: number, names = sqliteNames()): string[] {
  const statements = statementsFrom(from, first, versions).map((one) => names.in(one));
  return statements.length === 0 ? [] : ['BEGIN IMMEDIATE', ...statements, 'COMMIT'];
}

/**
 * How far the tables have come; 0: there are none.
 *
 * @throws {GlomopayConfigurationError} they are those of a newer version.
 */
export function sqliteReached(connection: SqliteConnection<SqliteDatabase>): number {
  const there = connection.rowsOnce(
    `SELECT 1 AS there FROM sqlite_master
    WHERE type = 'table' AND name = 'glomopay_migrations' COLLATE NOCASE`,
  );
  if (there.length === 0) return 0;
  return schemaReached(connection.rowsOnce('SELECT * FROM glomopay_migrations'));
}
