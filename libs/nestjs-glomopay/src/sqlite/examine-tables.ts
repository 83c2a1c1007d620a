import { SCHEMA_VERSION, statementsFrom } from '../tracking/store/schema-version.js';
import { differencesOf, type TablesReport } from '../tracking/store/sql/tables-report.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { sqliteReached } from './sqlite-migrations.js';
import { first, versions } from './sqlite-schema.js';
import { sqliteNames } from './sqlite-store-options.js';
import { sqliteParts } from './table-parts.js';

/**
 * What the tables are like, beside those that this SQLite makes from our own statements: under a further
 * prefix, which is rolled back.
 *
 * @param connection Has a transaction open, which the caller rolls back.
 */
export function examineSqlite(connection: SqliteConnection<SqliteDatabase>): TablesReport {
  const { database } = connection;
  const { tablePrefix } = connection.names;
  const reached = sqliteReached(connection);
  const report = {
    dialect: 'sqlite',
    tablePrefix,
    version: reached,
    newest: SCHEMA_VERSION,
    differences: [],
  };
  // A newer library that lets this one work beside it has made what this one does not know.
  if (reached === 0 || reached > SCHEMA_VERSION) return report;
  const found = sqliteParts(database, tablePrefix);
  const further = sqliteNames(`${tablePrefix}beside_`);
  for (const statement of statementsFrom(0, first, versions.slice(0, reached))) {
    database.exec(further.in(statement));
  }
  const expected = sqliteParts(database, further.tablePrefix, tablePrefix);
  return { ...report, differences: differencesOf(expected, found) };
}
