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
  const ahead = `statement_timestamp() + interval '10 seconds'`;
  return `
  UPDATE ${table} p SET scheduled_at = statement_timestamp(), ${next} = statement_timestamp()
    + CASE WHEN p.leased THEN p.${next} - p.scheduled_at ELSE interval '0' END
  WHERE p.ctid = ANY(ARRAY(SELECT j.ctid FROM ${table} j
    WHERE j.${isOpen} AND j.${next} > ${ahead} AND j.scheduled_at > ${ahead}
    LIMIT 10000 FOR UPDATE SKIP LOCKED))
    AND p.${isOpen} AND p.${next} > ${ahead} AND p.scheduled_at > ${ahead}`;
}
