/**
 * Milliseconds since the Unix epoch by the server's clock, the same within one statement. All times are
 * kept so: whatever `time_zone` a session of the host has, and in the hour that a change of the clocks
 * gives twice, one number is one moment. (`UNIX_TIMESTAMP(NOW(3))` goes through the zone of the session.)
 */
export const NOW = `TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000`;

/**
 * Calls back what was scheduled at a time that is still to come, because the server's clock has been set
 * back: what waits is due now, and a lease that somebody may still work under begins anew. A correction
 * of a few seconds moves nothing. By the index of what was scheduled last.
 */
export function tookBack(table: string, next: string, isOpen: string): string {
  return `
  UPDATE ${table} SET ${next} = ${NOW} + IF(leased = 1, ${next} - scheduled_at, 0),
    scheduled_at = ${NOW}
  WHERE ${isOpen} AND scheduled_at > ${NOW} + 10000`;
}

/** Whether there is anything to call back: a look that takes no lock. */
export function isRecallDue(table: string, isOpen: string): string {
  return `SELECT 1 AS due FROM ${table} WHERE ${isOpen} AND scheduled_at > ${NOW} + 10000 LIMIT 1`;
}
