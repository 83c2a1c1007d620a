import { purgeable, purgeBody, purgeProgress } from './inbox-statements.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** How many events one transaction purges at most. */
export const PURGED_AT_ONCE = 500;

/** Purges some events inside a transaction, the oldest first; gives how many. */
export function purgeOn(
  connection: SqliteConnection<SqliteDatabase>,
  account: string,
  before: number,
): number {
  const events = connection.rows(purgeable, account, before, PURGED_AT_ONCE);
  for (const { seq, id } of events) {
    connection.rows(purgeBody, Number(seq));
    connection.rows(purgeProgress, account, String(id));
  }
  return events.length;
}
