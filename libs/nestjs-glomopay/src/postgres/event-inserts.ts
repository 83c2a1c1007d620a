import { eventCommits } from '../tracking/store/sql/event-commits.js';
import type { EventKey, ReceivedEvent } from '../tracking/store/inbox-event.js';
import type { Patience } from '../tracking/store/patience.js';
import { text, type Row } from '../tracking/store/row.js';
import { isolateRefused } from './isolate-refused.js';
import { inKeyOrder, firstOfEach } from './first-of-each.js';
import { insertEvent, insertEvents } from './inbox-statements.js';
import type { PostgresQuery } from './postgres-adapter.js';

/** Writes events that arrive together in one statement, so that they share one wait for the disk. */
export class EventInserts {
  readonly #query: PostgresQuery;
  readonly #commits = eventCommits(
    (events) => isolateRefused(events, (some) => this.#insert(some)),
    2,
  );

  constructor(query: PostgresQuery) {
    this.#query = query;
  }

  /** False: the event is known. */
  add(event: ReceivedEvent, patience?: Patience): Promise<boolean> {
    return this.#commits.add(event, patience);
  }

  idle(): Promise<void> {
    return this.#commits.idle();
  }

  async #insert(events: readonly ReceivedEvent[]): Promise<boolean[]> {
    const firsts = firstOfEach(events, idOf);
    const rows = await this.#write(inKeyOrder(firsts));
    const written = new Set(
      rows.map((row) => idOf({ account: text(row, 'account'), id: text(row, 'id') })),
    );
    return events.map((event) => {
      const id = idOf(event);
      return written.has(id) && firsts.get(id) === event;
    });
  }

  #write(events: readonly ReceivedEvent[]): Promise<readonly Row[]> {
    const [first, ...others] = events;
    if (first === undefined || others.length > 0) return this.#query(insertEvents, listsOf(events));
    return this.#query(insertEvent, [first.account, first.id, byteaOf(first.body)]);
  }
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

/** Both parts are free of NUL (`assertEventKey`). */
function idOf({ account, id }: EventKey): string {
  return `${account}\0${id}`;
}
