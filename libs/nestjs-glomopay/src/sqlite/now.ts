/** Milliseconds since the Unix epoch by the database's clock, the same within one statement. */
export const NOW = `CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)`;

/**
 * Calls back what was scheduled at a time that is still to come, because the machine's clock has been
 * set back: what waits is due now, and a lease that somebody may still work under begins anew. A
 * correction of a few seconds moves nothing.
 */
export function tookBack(table: string, next: string, isOpen: string): string {
  return `
  UPDATE ${table} SET scheduled_at = ${NOW},
    ${next} = ${NOW} + CASE leased WHEN 1 THEN ${next} - scheduled_at ELSE 0 END
  WHERE ${isOpen} AND scheduled_at > ${NOW} + 10000
  RETURNING scheduled_at`;
}
