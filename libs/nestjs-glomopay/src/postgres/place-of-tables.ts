import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { assertRights } from '../tracking/store/sql/missing-rights.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { quoted } from './quoted.js';

const SESSION = `current_setting('transaction_read_only') AS read_only,
  current_setting('default_transaction_read_only') AS by_default`;

/**
 * The first parameter is the table as the catalogue has it, the second as a statement has it. Tables in
 * another schema of the path are taken only by a role that could not make its own in the first one.
 */
const ON_PATH = `SELECT current_schema()::text AS place, CASE WHEN current_schema() IS NOT NULL THEN
    coalesce(to_regclass(format('%I.%I', current_schema(), $1::text)),
      CASE WHEN NOT has_schema_privilege(current_schema(), 'CREATE')
        THEN to_regclass($2::text) END) END::text AS tables, ${SESSION}`;

/** The first parameter is the schema as the catalogue has it, the second the table in a statement. */
const IN_SCHEMA = `SELECT (SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE n.nspname = $1::name)::text
    AS place,
  (SELECT current_user FROM pg_catalog.pg_namespace n
    WHERE n.nspname = $1::name AND NOT has_schema_privilege(n.oid, 'USAGE'))::text AS kept_out,
  CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_namespace n
      WHERE n.nspname = $1::name AND has_schema_privilege(n.oid, 'USAGE'))
    THEN to_regclass($2::text) END::text AS tables, ${SESSION}`;

/**
 * Whether the table of the migrations is where our statements look for it.
 *
 * @throws {GlomopayConfigurationError} there is no such schema, or the role may not use it, or the
 *   database takes no writes.
 */
export async function assertPlaceTakesTables(
  query: PostgresQuery,
  names: TableNames,
): Promise<boolean> {
  const table = names.qualified('glomopay_migrations');
  const [row] = await (names.schema === undefined
    ? query(ON_PATH, [names.plain('glomopay_migrations'), table])
    : query(IN_SCHEMA, [names.schema, table]));
  const faults: string[] = [];
  if (typeof row?.['place'] !== 'string') faults.push(noSchema(names.schema));
  const keptOut = row?.['kept_out'];
  if (typeof keptOut === 'string') {
    const schema = quoted(names.schema ?? '');
    assertRights(quoted(keptOut), [
      {
        on: `schema ${schema}`,
        rights: ['USAGE'],
        grant: `GRANT USAGE ON SCHEMA ${schema} TO ${quoted(keptOut)}`,
      },
    ]);
  }
  if (row?.['read_only'] === 'on') faults.push(noWrites(row['by_default'] === 'on'));
  if (faults.length > 0) throw new GlomopayConfigurationError(faults);
  return typeof row?.['tables'] === 'string';
}

function noSchema(schema: string | undefined): string {
  return schema === undefined
    ? 'store: no schema of the search_path of its connections is there, or its role may use none of them; create one, GRANT USAGE on it, or give the option schema'
    : `store: there is no schema "${schema}" in its database; create it (CREATE SCHEMA "${schema}"), and GRANT USAGE on it to the role of the application`;
}

function noWrites(isByDefault: boolean): string {
  return isByDefault
    ? 'store: its sessions are read only (default_transaction_read_only = on); set it off for the role of the application'
    : 'store: its database takes no writes: it is a standby or a read replica. Connect to the primary: what is decided about money is never read elsewhere';
}
