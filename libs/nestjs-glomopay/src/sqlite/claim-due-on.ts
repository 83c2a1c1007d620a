import type { Row } from '../tracking/store/row.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { claim, due, recallPayments, unreadableDue } from './statements.js';

/** Claims payments that are due, inside a transaction; what this version cannot read comes unclaimed. */
export function claimDueOn(
  connection: SqliteConnection<SqliteDatabase>,
  account: string,
  limit: number,
  leaseMs: number,
): readonly Row[] {
  connection.rows(recallPayments);
  const unreadable = connection.rows(unreadableDue, account, limit);
  const claimed = connection
    .rows(due, account, limit)
    .flatMap(({ request_id: id }) => connection.rows(claim, leaseMs, account, String(id)));
  return [...claimed, ...unreadable];
}
