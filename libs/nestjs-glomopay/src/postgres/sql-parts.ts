/** A date as milliseconds, in a text: see `columns`. */
export function ms(column: string): string {
  return `floor(extract(epoch FROM p.${column}) * 1000)::bigint::text AS ${column}`;
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
