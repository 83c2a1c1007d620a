import { progressOf, type ProgressByEvent } from '../tracking/store/inbox-row.js';
import type { InboxQuery } from '../tracking/store/inbox-query.js';
import type { Row } from '../tracking/store/row.js';
import { findProgress, listObject, listState } from './inbox-statements.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Events, newest first: those of each state by the index, then the newest of all. */
export function listOn(
  connection: SqliteConnection<SqliteDatabase>,
  account: string,
  { states, objectId, before, limit }: InboxQuery,
): Row[] {
  return states
    .flatMap((state) =>
      objectId === undefined
        ? connection.rows(listState, account, state, before, limit)
        : connection.rows(listObject, account, state, before, objectId, limit),
    )
    .toSorted((one, other) => Number(other['received_at']) - Number(one['received_at']))
    .slice(0, limit);
}

/** How far the handlers of these events have come. */
export function progressOn(
  connection: SqliteConnection<SqliteDatabase>,
  account: string,
  events: readonly Row[],
): ProgressByEvent {
  const ids = JSON.stringify(events.map(({ id }) => id));
  return progressOf(connection.rows(findProgress, account, ids));
}
