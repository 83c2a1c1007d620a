import type { ClaimedEvent } from '../tracking/store/inbox-event.js';
import type { StorableConclusion } from '../tracking/store/storable-conclusion.js';
import { concludeEvent, writeProgress } from './inbox-statements.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Writes a conclusion inside a transaction, unless the claim has been lost. */
export function concludeOn(
  connection: SqliteConnection<SqliteDatabase>,
  { account, id, token }: Pick<ClaimedEvent, 'account' | 'id' | 'token'>,
  { type, objectId, state, reason, nextTryMs, handlers }: StorableConclusion,
): boolean {
  const [row] = connection.rows(
    concludeEvent,
    type,
    objectId,
    state,
    reason,
    nextTryMs,
    account,
    id,
    token,
  );
  if (row === undefined) return false;
  for (const { handler, state: reached, tries, error } of handlers) {
    connection.rows(writeProgress, account, id, handler, reached, tries, error);
  }
  return true;
}
