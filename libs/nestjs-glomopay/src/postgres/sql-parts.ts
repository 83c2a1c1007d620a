/** A date as milliseconds, in a text: see `columns`. */
export function ms(column: string): string {
  return `floor(extract(epoch FROM p.${column}) * 1000)::bigint::text AS ${column}`;
}

/** Now in whole milliseconds, as JavaScript has them: what a list gives can be asked for again. */
export const NOW = `date_trunc('milliseconds', statement_timestamp())`;

/** A moment from its milliseconds, which a parameter has: to the microsecond, unlike `to_timestamp`. */
export function momentOf(parameter: string): string {
  return `(timestamptz 'epoch' + ${parameter}::float8 * interval '1 millisecond')`;
}

/**
 * Makes the commit of this transaction wait for the disk where a session has that switched off.
 * Said in the statements themselves, since a pool's sessions can be set in many places, and costs
 * no round trip. A stronger setting (`remote_apply`) stays.
 */
export const durable = `CASE current_setting('synchronous_commit')
  WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END`;

/**
 * Has Postgres end this transaction when nothing comes for longer than outcome handlers may take,
 * where a session has no such limit: the machine or the network that it waits for may be gone, and
 * its locks would stay.
 */
export const forgotten = `CASE current_setting('idle_in_transaction_session_timeout')
  WHEN '0' THEN set_config('idle_in_transaction_session_timeout', '90s', true) END`;

/**
 * Calls back what was scheduled at a time that is still to come, because the server's clock has been set
 * back: what waits is due now, and a lease that somebody may still work under begins anew. A correction
 * of a few seconds moves nothing. The same is asked of a row once more, because a place is one in each partition.
 * By the index of what is due, which has no more than what is open.
 */
export function tookBack(table: string, next: string, isOpen: string): string {
  return `
  UPDATE ${table} p SET ${calledBack(next)}
  WHERE p.ctid = ANY(ARRAY(${ahead(table, 'j.ctid', next, isOpen)})) AND ${isAhead('p', next, isOpen)}`;
}

/** The same for databases whose rows have no `ctid`. */
export function tookBackByKey(
  table: string,
  key: readonly string[],
  next: string,
  isOpen: string,
): string {
  const columns = key.map((column) => `j.${column}`).join(', ');
  return `
  WITH ahead AS MATERIALIZED (${ahead(table, columns, next, isOpen)})
  UPDATE ${table} p SET ${calledBack(next)}
  FROM ahead WHERE ${key.map((column) => `p.${column} = ahead.${column}`).join(' AND ')}`;
}

function ahead(table: string, columns: string, next: string, isOpen: string): string {
  return `SELECT ${columns} FROM ${table} j WHERE ${isAhead('j', next, isOpen)}
    LIMIT 10000 FOR UPDATE SKIP LOCKED`;
}

function isAhead(alias: string, next: string, isOpen: string): string {
  const later = `statement_timestamp() + interval '10 seconds'`;
  return `${alias}.${isOpen} AND ${alias}.${next} > ${later} AND ${alias}.scheduled_at > ${later}`;
}

function calledBack(next: string): string {
  return `scheduled_at = statement_timestamp(), ${next} = statement_timestamp()
    + CASE WHEN p.leased THEN p.${next} - p.scheduled_at ELSE interval '0' END`;
}
