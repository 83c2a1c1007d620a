/** A span of time that has a partition of its own: from the first moment up to the last, exclusive. */
interface Span {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The tables that grow with time, the column of it, and what names a row. */
const TABLES = [
  ['glomopay_events', 'received_at', ['account', 'id']],
  ['glomopay_event_handlers', 'received_at', ['account', 'event_id', 'handler']],
  ['glomopay_history', 'at', ['account', 'kind', 'request_id', 'version']],
] as const;

/** Which months {@link postgresPartitions} makes partitions for. */
export interface PartitionOptions {
  /** Any moment of the first month; what is there already, and whatever is older, is in the partition before. */
  readonly from: Date;
  /** How many months, the first included. */
  readonly months: number;
}

/**
 * The SQL that partitions the tables which grow with time, by month (UTC), for a DBA to run: those of events,
 * of their handlers and of history, made by this version of the library, with whatever is in them. Rows are
 * not moved: the table that stands becomes the partition before the first month, `…_before`, so that the
 * first month must not have begun. Whatever no partition is for goes into `…_rest`.
 *
 * Run them in one transaction while nothing else does.
 *
 * @throws {RangeError} the date is none, or there is no month.
 */
export function postgresPartitions({ from, months }: PartitionOptions): string[] {
  const spans = spansOf(from, months);
  const [first] = spans;
  if (first === undefined) throw new RangeError('There must be one month or more');
  return TABLES.flatMap(([table, time, key]) => [
    `ALTER TABLE ${table} RENAME TO ${table}_before`,
    `ALTER TABLE ${table}_before DROP CONSTRAINT ${table}_pkey`,
    `CREATE TABLE ${table} (LIKE ${table}_before INCLUDING DEFAULTS INCLUDING INDEXES,
      CONSTRAINT ${table}_parts_pkey PRIMARY KEY (${[...key, time].join(', ')}))
      PARTITION BY RANGE (${time})`,
    `ALTER TABLE ${table} ATTACH PARTITION ${table}_before FOR VALUES FROM (MINVALUE) TO ('${first.from}')`,
    `CREATE TABLE ${table}_rest PARTITION OF ${table} DEFAULT`,
    ...spans.map((span) => partitionOf(table, span)),
  ]);
}

/** The SQL that adds months to tables that are partitioned already, before they begin. */
export function morePostgresPartitions({ from, months }: PartitionOptions): string[] {
  return TABLES.flatMap(([table]) => spansOf(from, months).map((span) => partitionOf(table, span)));
}

function partitionOf(table: string, { name, from, to }: Span): string {
  return `CREATE TABLE ${table}_${name} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${to}')`;
}

function spansOf(from: Date, months: number): Span[] {
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth()];
  const begins = (n: number): string => new Date(Date.UTC(year, month + n, 1)).toISOString();
  return Array.from({ length: months }, (_, n) => ({
    name: begins(n).slice(0, 7).replace('-', '_'),
    from: begins(n),
    to: begins(n + 1),
  }));
}
