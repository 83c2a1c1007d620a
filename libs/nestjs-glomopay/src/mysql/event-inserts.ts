import type { ReceivedEvent } from '../tracking/store/inbox-event.js';
import { text, type Row } from '../tracking/store/row.js';
import { EventInserts, idOf } from '../tracking/store/sql/event-inserts.js';
import { eventValues, insertEvents, isEvent, knownEvents } from './inbox-statements.js';
import { blamesRow, isDuplicate } from './mysql-error.js';
import type { MysqlRun } from './mysql-sql.js';

const TRIES = 8;

/** Writes events that arrive together in one statement, so that they share one wait for the disk. */
export function eventInserts(run: MysqlRun): EventInserts {
  return new EventInserts({ write: (events) => written(run, events, TRIES), blamesRow });
}

/** Most events are new: which of them are not is asked only when the server has refused them. */
async function written(
  run: MysqlRun,
  events: readonly ReceivedEvent[],
  tries: number,
): Promise<readonly Row[]> {
  if (events.length === 0) return [];
  try {
    await run(
      insertEvents + events.map(() => eventValues).join(', '),
      events.flatMap(({ account, id, body }) => [account, id, body]),
    );
    return events.map(({ account, id }) => ({ account, id }));
  } catch (thrown) {
    if (!isDuplicate(thrown) || tries === 1) throw thrown;
  }
  const { rows } = await run(
    knownEvents(events.map(() => isEvent).join(' OR ')),
    events.flatMap(({ account, id }) => [account, id]),
  );
  const known = new Set(
    rows.map((row) => idOf({ account: text(row, 'account'), id: text(row, 'id') })),
  );
  const news = events.filter((event) => !known.has(idOf(event)));
  return written(run, news, tries - 1);
}
