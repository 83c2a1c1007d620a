import { SCHEMA_VERSION, statementsFrom } from '../tracking/store/schema-version.js';
import { onlyRow, text } from '../tracking/store/row.js';
import { differencesOf, type TablesReport } from '../tracking/store/sql/tables-report.js';
import { postgresReached } from './migrations.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { asPartitioned } from './partitions.js';
import { postgresNames } from './postgres-store-options.js';
import { first, versions } from './schema.js';
import type { StoreAdapter } from './store-adapter.js';
import { partitionedTables, postgresParts } from './table-parts.js';

/** The parameter is the table of the migrations, as a statement has it. */
const PLACE = `SELECT c.relnamespace::text AS oid, n.nspname::text AS name
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid = to_regclass($1::text)`;

/** Carries a report out of a transaction that must leave nothing behind. */
class RolledBack extends Error {
  readonly report: TablesReport;

  constructor(report: TablesReport) {
    super('Nothing of this stays');
    this.report = report;
  }
}

/**
 * What the tables are like, beside those that the same server makes from our own statements: as temporary
 * tables, in a transaction that is rolled back. No picture of a catalogue has to be kept up to date, and
 * none is of another version of Postgres.
 */
export async function examinePostgres(adapter: StoreAdapter<unknown>): Promise<TablesReport> {
  const { names } = adapter;
  const version = await postgresReached(adapter);
  const report = {
    dialect: 'postgres',
    tablePrefix: names.tablePrefix,
    version,
    newest: SCHEMA_VERSION,
    differences: [],
  };
  if (version === 0) return report;
  // A newer library that lets this one work beside it has made what this one does not know.
  if (version > SCHEMA_VERSION) {
    return { ...report, schema: (await placeOf(adapter.query, names)).schema };
  }
  const temporary = postgresNames({ schema: 'pg_temp', tablePrefix: names.tablePrefix });
  try {
    return await adapter.named(temporary).patient.transaction(async (_, query) => {
      const { oid, schema } = await placeOf(query, names);
      const own = postgresNames({ schema, tablePrefix: names.tablePrefix });
      const found = await postgresParts(query, oid, own);
      for (const statement of statementsFrom(0, first, versions.slice(0, version))) {
        await query(statement, []);
      }
      // As our own statements partition them: keys differ then, and indexes must be those of every partition.
      for (const table of await partitionedTables(query, oid, own)) {
        for (const statement of alonePartitioned(table)) await query(statement, []);
      }
      const expected = await postgresParts(query, await temporaryOid(query), own);
      throw new RolledBack({ ...report, schema, differences: differencesOf(expected, found) });
    });
  } catch (thrown) {
    if (thrown instanceof RolledBack) return thrown.report;
    throw thrown;
  }
}

function alonePartitioned(table: string): string[] {
  const statements = asPartitioned(table);
  return statements.length === 0 ? [] : [...statements, `DROP TABLE ${table}_before`];
}

async function placeOf(
  query: PostgresQuery,
  names: StoreAdapter<unknown>['names'],
): Promise<{ readonly oid: string; readonly schema: string }> {
  const [row] = await query(PLACE, [names.qualified('glomopay_migrations')]);
  if (row === undefined) throw new Error('The tables have gone while they were looked at');
  return { oid: text(row, 'oid'), schema: text(row, 'name') };
}

async function temporaryOid(query: PostgresQuery): Promise<string> {
  return text(onlyRow(await query('SELECT pg_my_temp_schema()::text AS oid', [])), 'oid');
}
