import type { ReceivedEvent } from '../tracking/store/inbox-event.js';
import { insertEvent as eventStatement, insertKey } from './inbox-statements.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';

/**
 * Writes an event inside a transaction, unless its key is known; tells whether it has. The event comes first:
 * one that the database refuses leaves no key behind, by which it would be taken for known.
 */
export function insertEvent(
  connection: SqliteConnection<SqliteDatabase>,
  { account, id, body }: ReceivedEvent,
): boolean {
  const [row] = connection.rows(eventStatement, account, id, body, account, id);
  if (row === undefined) return false;
  connection.rows(insertKey, account, id);
  return true;
}
