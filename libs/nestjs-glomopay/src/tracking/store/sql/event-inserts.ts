import type { EventKey, ReceivedEvent } from '../inbox-event.js';
import type { Patience } from '../patience.js';
import { text, type Row } from '../row.js';
import { eventCommits } from './event-commits.js';
import { inKeyOrder, firstOfEach } from './first-of-each.js';
import type { Inserts } from './inserts.js';
import { isolateRefused } from './isolate-refused.js';

/** How a database writes events, each key once and in one order. */
export interface EventWriter {
  /** Writes those that are new; gives the `account` and `id` of each. */
  write(events: readonly ReceivedEvent[]): Promise<readonly Row[]>;
  /** Tells whether a failure is about what a row holds. */
  blamesRow(thrown: unknown): boolean;
}

/** Writes events that arrive together in one statement, so that they share one wait for the disk. */
export class EventInserts implements Inserts<ReceivedEvent, boolean> {
  readonly #writer: EventWriter;
  readonly #commits = eventCommits(
    (events) => isolateRefused(events, (some) => this.#insert(some), this.#writer.blamesRow),
    2,
  );

  constructor(writer: EventWriter) {
    this.#writer = writer;
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
    const rows = await this.#writer.write(inKeyOrder(firsts));
    const written = new Set(
      rows.map((row) => idOf({ account: text(row, 'account'), id: text(row, 'id') })),
    );
    return events.map((event) => {
      const id = idOf(event);
      return written.has(id) && firsts.get(id) === event;
    });
  }
}

/** Names an event. Both parts are free of NUL (`assertEventKey`). */
export function idOf({ account, id }: EventKey): string {
  return `${account}\0${id}`;
}
