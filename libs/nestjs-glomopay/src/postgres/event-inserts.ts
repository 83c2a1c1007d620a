import type { ReceivedEvent } from '../tracking/store/inbox-event.js';
import type { Row } from '../tracking/store/row.js';
import { EventInserts } from '../tracking/store/sql/event-inserts.js';
import { insertEvent, insertEvents } from './inbox-statements.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { blamesRow } from './sql-state.js';

/** Writes events that arrive together in one statement, so that they share one wait for the disk. */
export function eventInserts(query: PostgresQuery): EventInserts {
  return new EventInserts({ write: (events) => write(query, events), blamesRow });
}

function write(query: PostgresQuery, events: readonly ReceivedEvent[]): Promise<readonly Row[]> {
  const [first, ...others] = events;
  if (first === undefined || others.length > 0) return query(insertEvents, listsOf(events));
  return query(insertEvent, [first.account, first.id, byteaOf(first.body)]);
}

/** The parameters of a batch. An id is hex (`assertEventKey`). */
function listsOf(events: readonly ReceivedEvent[]): readonly string[] {
  return [
    JSON.stringify(events.map(({ account }) => account)),
    events.map(({ id }) => id).join(','),
    events.map(({ body }) => byteaOf(body)).join(','),
  ];
}

function byteaOf(body: Buffer): string {
  return `\\x${body.toString('hex')}`;
}
