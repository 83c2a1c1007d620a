import { text, whole, type Row } from '../tracking/store/row.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import type { TablePart, TablePartKind } from '../tracking/store/sql/tables-report.js';
import type { PostgresQuery } from './postgres-adapter.js';

/**
 * The parameters: the oid of a schema, and what the names of its tables begin with. Of a partition only that
 * counts which it does not have from its table: what stands there is all of them.
 */
const OWN = `own AS (
  SELECT c.oid, c.relname::text AS name, c.relkind, c.relpersistence, c.relrowsecurity, c.relispartition
  FROM pg_catalog.pg_class c
  WHERE c.relnamespace = $1::text::oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND left(c.relname, length($2::text)) = $2::text
)`;

/** Row security hides rows from whoever does not own the table; an unlogged table is empty after a crash. */
const TABLES = `SELECT own.name AS of_table, own.name, true AS refuses,
  CASE WHEN own.relkind IN ('r', 'p') THEN 'table' ELSE 'no table' END
    || CASE own.relpersistence WHEN 'u' THEN ', unlogged' ELSE '' END
    || CASE WHEN own.relrowsecurity THEN ', with row level security' ELSE '' END AS is_like FROM own
WHERE NOT own.relispartition OR own.relpersistence = 'u' OR own.relrowsecurity`;

const COLUMNS = `SELECT own.name AS of_table, a.attname::text AS name,
  a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS refuses,
  pg_catalog.format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attcollation <> t.typcollation THEN
      (SELECT ' COLLATE ' || quote_ident(l.collname) FROM pg_catalog.pg_collation l
        WHERE l.oid = a.attcollation) ELSE '' END
    || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
    || coalesce((SELECT ' DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid)
      FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum), '') AS is_like
FROM own JOIN pg_catalog.pg_attribute a ON a.attrelid = own.oid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped AND NOT own.relispartition`;

const CONSTRAINTS = `SELECT own.name AS of_table, k.conname::text AS name, true AS refuses,
  pg_catalog.pg_get_constraintdef(k.oid) AS is_like
FROM own JOIN pg_catalog.pg_constraint k ON k.conrelid = own.oid
WHERE k.contype IN ('p', 'u', 'c', 'f', 'x')
  AND (NOT own.relispartition OR k.coninhcount = 0)`;

const INDEXES = `SELECT own.name AS of_table, i.relname::text AS name, x.indisunique AS refuses,
  pg_catalog.pg_get_indexdef(x.indexrelid) || CASE WHEN x.indisvalid AND x.indisready
    THEN '' ELSE ' INVALID' END AS is_like
FROM own JOIN pg_catalog.pg_index x ON x.indrelid = own.oid
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
WHERE (NOT own.relispartition OR NOT i.relispartition)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = x.indexrelid
  AND k.contype IN ('p', 'u', 'x'))`;

const TRIGGERS = `SELECT own.name AS of_table, g.tgname::text AS name, false AS refuses,
  pg_catalog.pg_get_triggerdef(g.oid) AS is_like
FROM own JOIN pg_catalog.pg_trigger g ON g.tgrelid = own.oid WHERE NOT g.tgisinternal`;

const kinds: readonly (readonly [TablePartKind, string])[] = [
  ['table', TABLES],
  ['column', COLUMNS],
  ['constraint', CONSTRAINTS],
  ['index', INDEXES],
  ['trigger', TRIGGERS],
];

/** Everything of the tables in one statement, so that it is of one moment. */
const PARTS = `WITH ${OWN} ${kinds
  .map(
    ([kind, parts], at) => `SELECT ${at}::text AS place, '${kind}' AS kind, k.of_table, k.name,
    k.refuses::int::text AS refuses, k.is_like FROM (${parts}) k`,
  )
  .join(' UNION ALL ')} ORDER BY 1, 3, 4`;

const PARTITIONED = `WITH ${OWN} SELECT own.name FROM own WHERE own.relkind = 'p'`;

/** The parts of the tables in a schema, whose names begin so. */
export async function postgresParts(
  query: PostgresQuery,
  schemaOid: string,
  names: TableNames,
): Promise<readonly TablePart[]> {
  const rows = await query(PARTS, [schemaOid, names.plain('glomopay_')]);
  return rows.map((row) => partOf(row, names));
}

function partOf(row: Row, names: TableNames): TablePart {
  const [kind = 'table'] = kinds[Number(text(row, 'place'))] ?? [];
  const [table, name] = [text(row, 'of_table'), text(row, 'name')];
  const part = {
    kind,
    table,
    name,
    refuses: whole(row, 'refuses') === 1,
    is: text(row, 'is_like'),
  };
  if (kind !== 'index') return part;
  // That of a partitioned table is made and dropped with those of its partitions, which nobody can do beside others.
  const beside = part.is.includes(' ON ONLY ') ? '' : ' CONCURRENTLY';
  // The name of the schema is where the two that are compared differ.
  const is = part.is.replace(/^(CREATE (?:UNIQUE )?INDEX) .*? USING /, '$1 USING ');
  const [, create = '', how = ''] = /^(CREATE (?:UNIQUE )?INDEX) (USING .*)$/.exec(is) ?? [];
  const [own, of] = [literalOf(name, names), literalOf(table, names)];
  return {
    ...part,
    is,
    make: `${create}${beside} ${names.unqualified(own)} ON ${names.qualified(of)} ${how}`,
    drop: `DROP INDEX${beside} ${names.qualified(own)}`,
  };
}

/** The name that our statements have for it. */
function literalOf(name: string, { tablePrefix }: TableNames): string {
  return name.slice(tablePrefix.length);
}

/** Which tables in a schema are partitioned, of those whose names begin so: as our statements have them. */
export async function partitionedTables(
  query: PostgresQuery,
  schemaOid: string,
  names: TableNames,
): Promise<readonly string[]> {
  const rows = await query(PARTITIONED, [schemaOid, names.plain('glomopay_')]);
  return rows.map((row) => literalOf(text(row, 'name'), names));
}
