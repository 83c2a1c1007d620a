import { text, type Row } from '../tracking/store/row.js';
import { assertRights, type MissingRights } from '../tracking/store/sql/missing-rights.js';
import { applicationRights } from './grants.js';
import type { PostgresLocks } from './postgres-store-options.js';
import { quoted } from './quoted.js';
import type { StoreAdapter } from './store-adapter.js';

/**
 * The parameter is JSON: the rights by table, as a statement names it. A right on columns counts: which of
 * them a statement needs, it tells itself. Whoever has a right by a role, by `PUBLIC` or as the owner has it.
 */
const MISSING = `SELECT current_user::text AS role, n.key::text AS of_table, r.name::text AS missing
  FROM json_each_text($1::text::json) AS n (key, rights)
  CROSS JOIN unnest(string_to_array(n.rights, ' ')) AS r (name)
  WHERE to_regclass(n.key) IS NOT NULL AND NOT CASE r.name
    WHEN 'DELETE' THEN has_table_privilege(to_regclass(n.key)::oid, 'DELETE')
    ELSE has_any_column_privilege(to_regclass(n.key)::oid, r.name) END`;

/** @throws {GlomopayConfigurationError} the role has not got what the store needs on the tables. */
export async function assertPostgresRights(
  { query, names }: StoreAdapter<unknown>,
  locks: PostgresLocks,
): Promise<void> {
  const needed = Object.entries(applicationRights).filter(
    ([table]) => locks === 'rows' || table !== 'glomopay_locks',
  );
  const tables = needed.map(([table, rights]) => [names.qualified(table), rights.join(' ')]);
  const rows = await query(MISSING, [JSON.stringify(Object.fromEntries(tables))]);
  const [first] = rows;
  if (first === undefined) return;
  const role = text(first, 'role');
  const missing = tables.flatMap(([table = '', rights = '']) =>
    missingOn(table, rights, role, rows),
  );
  assertRights(quoted(role), missing);
}

function missingOn(
  on: string,
  needed: string,
  role: string,
  rows: readonly Row[],
): readonly MissingRights[] {
  const found = new Set(
    rows.filter((row) => text(row, 'of_table') === on).map((row) => text(row, 'missing')),
  );
  const rights = needed.split(' ').filter((right) => found.has(right));
  if (rights.length === 0) return [];
  return [{ on, rights, grant: `GRANT ${rights.join(', ')} ON ${on} TO ${quoted(role)}` }];
}
