import type { TableNames } from '../tracking/store/sql/table-names.js';
import { checkedStoreOptions, type PostgresStoreOptions } from './postgres-store-options.js';
import { versions } from './schema.js';

/** A span of time that has a partition of its own: from the first moment up to the last, exclusive. */
interface Span {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The tables that grow with time: the column of it, what names a row, and what the table was made with. */
const TABLES: Readonly<
  Record<string, { time: string; key: readonly string[]; with?: string } | undefined>
> = {
  glomopay_events: {
    time: 'received_at',
    key: ['account', 'id'],
    with: 'autovacuum_vacuum_scale_factor = 0.02',
  },
  glomopay_event_handlers: { time: 'received_at', key: ['account', 'event_id', 'handler'] },
  glomopay_history: { time: 'at', key: ['account', 'kind', 'request_id', 'version'] },
};

/** Which months {@link postgresPartitions} makes partitions for, and where the tables are. */
export interface PartitionOptions extends Pick<PostgresStoreOptions, 'schema' | 'tablePrefix'> {
  /** Any moment of the first month; what is there already, and whatever is older, is in the partition before. */
  readonly from: Date;
  /** How many months, the first included. */
  readonly months: number;
}

/**
 * The SQL that partitions the tables which grow with time, by month (UTC), for a DBA to run as their owner:
 * those of events, of their handlers and of history, made by this version of the library, with whatever is in
 * them. Rows are not moved: the table that stands becomes the partition before the first month, `…_before`,
 * so that the first month must not have begun. Whatever no partition is for goes into `…_rest`. Who may use
 * the table that stands may use the new one.
 *
 * Run them in one transaction while nothing else does.
 *
 * @throws {RangeError} the date is none, or there is no month.
 * @throws {GlomopayConfigurationError} the schema or the prefix cannot be one.
 */
export function postgresPartitions(options: PartitionOptions): string[] {
  const names = namesOf(options);
  const spans = spansOf(options);
  const [first] = spans;
  if (first === undefined) throw new RangeError('There must be one month or more');
  return Object.keys(TABLES).flatMap((table) => [
    ...[
      ...asPartitioned(table),
      `ALTER TABLE ${table} ATTACH PARTITION ${table}_before FOR VALUES FROM (MINVALUE) TO ('${first.from}')`,
      `CREATE TABLE ${table}_rest PARTITION OF ${table} DEFAULT${settings(table)}`,
      ...spans.map((span) => partitionOf(table, span)),
    ].map((statement) => names.in(statement)),
    grantsHandedOn(names.qualified(`${table}_before`), names.qualified(table)),
  ]);
}

/**
 * The SQL that adds months to tables that are partitioned already, before they begin.
 *
 * @throws {RangeError} the date is none.
 * @throws {GlomopayConfigurationError} the schema or the prefix cannot be one.
 */
export function morePostgresPartitions(options: PartitionOptions): string[] {
  const names = namesOf(options);
  return Object.keys(TABLES).flatMap((table) =>
    spansOf(options).map((span) => names.in(partitionOf(table, span))),
  );
}

/**
 * Makes a table that stands `…_before`, and a partitioned one without a partition in its place; nothing for a
 * table that does not grow with time.
 */
export function asPartitioned(table: string): string[] {
  const how = TABLES[table];
  if (how === undefined) return [];
  const indexes = indexesOf(table);
  return [
    `ALTER TABLE ${table} RENAME TO ${table}_before`,
    `ALTER TABLE ${table}_before DROP CONSTRAINT ${table}_pkey`,
    // What has the index already takes it to be its part of the one that is made under the old name.
    ...indexes.map(({ name }) => `ALTER INDEX ${name} RENAME TO ${name}_before`),
    `CREATE TABLE ${table} (LIKE ${table}_before INCLUDING DEFAULTS,
      CONSTRAINT ${table}_pkey PRIMARY KEY (${[...how.key, how.time].join(', ')}))
      PARTITION BY RANGE (${how.time})`,
    ...indexes.map(({ statement }) => statement),
  ];
}

/** The indexes that the schema ends with, but those of primary keys. */
function indexesOf(of: string): { readonly name: string; readonly statement: string }[] {
  const statements = versions.flatMap((version) => version.statements);
  return statements.flatMap((statement) => {
    const [, name = '', table] = /^CREATE INDEX (\w+)\s+ON (\w+)/.exec(statement) ?? [];
    const isThere = table === of && !statements.includes(`DROP INDEX ${name}`);
    return isThere ? [{ name, statement }] : [];
  });
}

/** The rights that others than the owner have on a table and on its columns, given on another one too. */
function grantsHandedOn(from: string, to: string): string {
  return `DO $grants$
DECLARE
  one text;
BEGIN
  FOR one IN
    SELECT format('GRANT %s%s ON ${to} TO %s%s', a.privilege_type, r.columns,
      CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
      CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM (
      SELECT c.oid AS relid, '' AS columns, c.relacl AS acl FROM pg_class c
      UNION ALL
      SELECT t.attrelid, format(' (%I)', t.attname), t.attacl FROM pg_attribute t
      WHERE NOT t.attisdropped
    ) r CROSS JOIN LATERAL aclexplode(r.acl) a
    WHERE r.relid = '${from}'::regclass
      AND a.grantee <> (SELECT c.relowner FROM pg_class c WHERE c.oid = r.relid)
  LOOP
    EXECUTE one;
  END LOOP;
END $grants$`;
}

function partitionOf(table: string, { name, from, to }: Span): string {
  return `CREATE TABLE ${table}_${name} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${to}')${settings(table)}`;
}

/** They stand at each partition: the table above has no rows, and none of them. */
function settings(table: string): string {
  const what = TABLES[table]?.with;
  return what === undefined ? '' : ` WITH (${what})`;
}

function namesOf({ schema, tablePrefix }: PartitionOptions): TableNames {
  return checkedStoreOptions({ schema, tablePrefix }).names;
}

function spansOf({ from, months }: PartitionOptions): Span[] {
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth()];
  const begins = (n: number): string => new Date(Date.UTC(year, month + n, 1)).toISOString();
  return Array.from({ length: months }, (_, n) => ({
    name: begins(n).slice(0, 7).replace('-', '_'),
    from: begins(n),
    to: begins(n + 1),
  }));
}
