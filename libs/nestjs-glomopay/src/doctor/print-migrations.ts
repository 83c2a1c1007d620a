import { mysqlMigrations } from '../mysql/migrations.js';
import { postgresMigrations } from '../postgres/migrations.js';
import { sqliteMigrations } from '../sqlite/sqlite-migrations.js';
import { SCHEMA_VERSION, type Dialect } from '../tracking/store/schema-version.js';

/** What each database has its tables made by. */
const printers: Readonly<Record<Dialect, (from: number) => string[]>> = {
  postgres: postgresMigrations,
  sqlite: sqliteMigrations,
  mysql: mysqlMigrations,
};

/** The SQL that brings the tables of a tracking store from a version, 0 for none, to this one. */
export function migrationsText(dialect: Dialect, from: number): string {
  const statements = printers[dialect](from);
  const range = from === 0 ? '' : `from version ${from} `;
  const what = `-- Tables of nestjs-glomopay on ${dialect}, ${range}to version ${SCHEMA_VERSION}.\n`;
  const grant =
    dialect !== 'sqlite'
      ? '-- The application needs SELECT, INSERT, UPDATE and DELETE on every table named glomopay_…\n'
      : '';
  return statements.length === 0
    ? `${what}-- There is nothing to do.\n`
    : `${what}${grant}${statements.map((statement) => `${statement};\n`).join('')}`;
}
