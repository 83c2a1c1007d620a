import { assertEventKey, isEventKey } from '../event-key.js';
import type {
  ClaimedEvent,
  EventKey,
  InboxConclusion,
  InboxEvent,
  InboxFilter,
  ReceivedEvent,
} from '../inbox-event.js';
import {
  dueEvents,
  handlersOf,
  inboxCountsOf,
  inboxEventOf,
  inboxEvents,
  progressOf,
  type ProgressByEvent,
} from '../inbox-row.js';
import {
  InboxStore,
  LeaseLostError,
  purgedStates,
  type InboxCounts,
  type InboxPurge,
} from '../inbox-store.js';
import type { Patience } from '../patience.js';
import { ReadableRows } from '../readable-rows.js';
import { onlyRow, text, whole, type Row } from '../row.js';
import { isStorable, storable, wholeMs } from '../storable.js';
import { storableConclusion } from '../storable-conclusion.js';
import { inboxQuery, storedMs } from '../inbox-query.js';
import { conclusionColumns, type EventClaim } from './conclusion-columns.js';
import type { EventStatements, ForgottenKeys, SqlEvents } from './sql-events.js';

/** How many events one transaction purges at most: none grows with what was kept. */
const PURGED_AT_ONCE = 500;

/** The inbox of a store in a SQL database: what is the same in all of them. */
export class SqlInboxStore<Tx> extends InboxStore<Tx> {
  readonly #events: SqlEvents<Tx>;
  readonly #readable = new ReadableRows();

  constructor(events: SqlEvents<Tx>) {
    super();
    this.#events = events;
  }

  override async insert(event: ReceivedEvent, patience?: Patience): Promise<boolean> {
    assertEventKey(event);
    return this.#events.inserts.add(event, patience);
  }

  override async claim(key: EventKey, leaseMs: number): Promise<ClaimedEvent | undefined> {
    if (!isEventKey(key)) return undefined;
    const { account, id } = key;
    const row = await this.#events.claim(account, id, wholeMs(leaseMs));
    if (row === undefined) return undefined;
    const token = whole(row, 'token');
    // By a statement of its own, which sees what was committed until the event was claimed.
    const handlers = token === 1 ? [] : handlersOf(await this.#progress(account, [{ id }]), id);
    return { account, id, body: this.#events.bodyOf(row), token, handlers };
  }

  override async due(account: string, limit: number): Promise<readonly string[]> {
    if (!isStorable(account)) return [];
    await this.#events.recall.look();
    const fetch = (some: number) => this.#read('dueEvents', account, some);
    return this.#readable.upTo(limit, fetch, dueEvents);
  }

  override async accountsDue(): Promise<readonly string[]> {
    await this.#events.recall.look();
    return (await this.#read('accountsWithEvents')).map((row) => text(row, 'account'));
  }

  override async accountsLeft(): Promise<readonly string[]> {
    return (await this.#read('accountsWithParked')).map((row) => text(row, 'account'));
  }

  override async accountsToPurge(before: Date): Promise<readonly string[]> {
    const rows = await this.#read('accountsWithHandled', storedMs(before));
    return rows.map((row) => text(row, 'account'));
  }

  override async commit(
    { account, id, token }: EventClaim,
    handler: string,
    work: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    if (!isEventKey({ account, id })) throw new LeaseLostError();
    const claim = { account, id, token };
    await this.#events.transaction(async (transaction) => {
      const isOurs = await this.#events.markDone(transaction.query, storable(handler), claim);
      if (!isOurs) throw new LeaseLostError();
      await transaction.lend(work);
    });
  }

  override async conclude(claim: EventClaim, conclusion: InboxConclusion): Promise<boolean> {
    if (!isEventKey(claim)) return false;
    const written = storableConclusion(conclusion);
    return this.#events.conclude(conclusionColumns(claim, written), written.handlers);
  }

  override async find(key: EventKey): Promise<InboxEvent | undefined> {
    if (!isEventKey(key)) return undefined;
    const { account, id } = key;
    const [row] = await this.#read('findEvent', account, id);
    return row === undefined ? undefined : inboxEventOf(row, await this.#progress(account, [row]));
  }

  override async body(key: EventKey): Promise<Buffer | undefined> {
    if (!isEventKey(key)) return undefined;
    const [row] = await this.#read('findBody', key.account, key.id);
    return row === undefined ? undefined : this.#events.bodyOf(row);
  }

  override async list(account: string, filter: InboxFilter): Promise<readonly InboxEvent[]> {
    const stored = inboxQuery(filter);
    if (!isStorable(account, stored.objectId ?? '')) return [];
    if (filter.state === undefined) {
      // Events in states of a newer version are in no list; the log says so.
      const unknown = await this.#read('unknownEvents', account, stored.before);
      this.#readable.of(unknown, inboxEvents(new Map()));
    }
    const progress = new Map<string, readonly Row[]>();
    const fetch = async (limit: number): Promise<readonly Row[]> => {
      const rows = await this.#events.list(account, { ...stored, limit });
      for (const [id, own] of await this.#progress(account, rows)) progress.set(id, own);
      return rows;
    };
    return this.#readable.upTo(stored.limit, fetch, inboxEvents(progress));
  }

  override async replay(key: EventKey): Promise<boolean> {
    return isEventKey(key) && this.#events.replay(key.account, key.id);
  }

  /** Some at a time: whoever has an event to write waits for some, not for all. */
  override async purge(
    account: string,
    olderThan: Date,
    { states, atMost }: InboxPurge = {},
  ): Promise<number> {
    const before = storedMs(olderThan);
    const wanted = purgedStates(states);
    const most = atMost ?? Number.POSITIVE_INFINITY;
    if (!isStorable(account) || wanted.length === 0) return 0;
    let total = 0;
    while (total < most) {
      const limit = Math.min(PURGED_AT_ONCE, most - total);
      const purged = await this.#events.purge(account, before, limit, wanted);
      total += purged;
      if (purged < limit) break;
    }
    return total;
  }

  override async forgetKeys(account: string, olderThan: Date): Promise<number> {
    const before = storedMs(olderThan);
    if (!isStorable(account)) return 0;
    let total = 0;
    for (let place: string | null = ''; place !== null;) {
      const batch: ForgottenKeys = await this.#events.forgetKeys(account, before, place);
      total += batch.forgotten;
      place = batch.place;
    }
    return total;
  }

  override async counts(account: string): Promise<InboxCounts> {
    return inboxCountsOf(onlyRow(await this.#events.counts(account)));
  }

  /** Waits for the inserts that are under way. */
  idle(): Promise<void> {
    return this.#events.inserts.idle();
  }

  async #progress(account: string, events: readonly Row[]): Promise<ProgressByEvent> {
    if (events.length === 0) return new Map();
    const ids = JSON.stringify(events.map(({ id }) => id));
    return progressOf(await this.#read('findProgress', account, ids));
  }

  #read(
    statement: keyof EventStatements,
    ...params: readonly (string | number)[]
  ): Promise<readonly Row[]> {
    return this.#events.read(this.#events.statements[statement], params);
  }
}
