import { eventCommits } from '../tracking/store/event-commits.js';
import { assertEventKey, isEventKey } from '../tracking/store/event-key.js';
import type {
  ClaimedEvent,
  EventKey,
  InboxConclusion,
  InboxEvent,
  InboxFilter,
  ReceivedEvent,
} from '../tracking/store/inbox-event.js';
import {
  dueEvents,
  handlersOf,
  inboxCountsOf,
  inboxEventOf,
  inboxEvents,
} from '../tracking/store/inbox-row.js';
import { InboxStore, LeaseLostError, type InboxCounts } from '../tracking/store/inbox-store.js';
import { storableConclusion } from '../tracking/store/storable-conclusion.js';
import { inboxQuery, storedMs } from '../tracking/store/inbox-query.js';
import { lend } from '../tracking/store/lend.js';
import { ReadableRows } from '../tracking/store/readable-rows.js';
import { whole, type Row } from '../tracking/store/row.js';
import { isStorable, storable, wholeMs } from '../tracking/store/storable.js';
import { bytes } from './bytes.js';
import { concludeOn } from './conclude-on.js';
import { eachSettled } from './each-settled.js';
import * as statements from './inbox-statements.js';
import { listOn, progressOn } from './list-on.js';
import { PURGED_AT_ONCE, purgeOn } from './purge-on.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteConnections } from './sqlite-connections.js';
import type { SqliteDatabase } from './sqlite-database.js';

type Claim = Pick<ClaimedEvent, 'account' | 'id' | 'token'>;

/** The inbox of a `SqliteTrackingStore`. */
export class SqliteInboxStore<Database extends SqliteDatabase> extends InboxStore<Database> {
  readonly #connections: SqliteConnections<Database>;
  readonly #readable = new ReadableRows();
  readonly #inserts = eventCommits(
    (events) =>
      this.#connections.write((connection) =>
        eachSettled(events, (event) => insertOn(connection, event)),
      ),
    1,
  );

  constructor(connections: SqliteConnections<Database>) {
    super();
    this.#connections = connections;
  }

  override async insert(event: ReceivedEvent, signal?: AbortSignal): Promise<boolean> {
    assertEventKey(event);
    return this.#inserts.add(event, signal);
  }

  override async claim(key: EventKey, leaseMs: number): Promise<ClaimedEvent | undefined> {
    if (!isEventKey(key)) return undefined;
    const lease = wholeMs(leaseMs);
    return this.#connections.write((connection) => claimOn(connection, key, lease));
  }

  override async due(account: string, limit: number): Promise<readonly string[]> {
    if (!isStorable(account)) return [];
    await this.#recall();
    const fetch = (some: number) =>
      this.#connections.read((connection) => connection.rows(statements.dueEvents, account, some));
    return this.#readable.upTo(limit, fetch, dueEvents);
  }

  override async accountsDue(): Promise<readonly string[]> {
    await this.#recall();
    const rows = await this.#connections.read((connection) =>
      connection.rows(statements.accountsWithEvents),
    );
    return rows.map(({ account }) => String(account));
  }

  override async commit(
    { account, id, token }: Claim,
    handler: string,
    work: (tx: Database) => Promise<void>,
  ): Promise<void> {
    if (!isEventKey({ account, id })) throw new LeaseLostError();
    const name = storable(handler);
    await this.#connections.transaction(async (connection) => {
      const [done] = connection.rows(statements.markDone, name, account, id, token);
      if (done === undefined) throw new LeaseLostError();
      await lend(connection.database, work);
    });
  }

  override async conclude(claim: Claim, conclusion: InboxConclusion): Promise<boolean> {
    if (!isEventKey(claim)) return false;
    const written = storableConclusion(conclusion);
    return this.#connections.write((connection) => concludeOn(connection, claim, written));
  }

  override async find(key: EventKey): Promise<InboxEvent | undefined> {
    if (!isEventKey(key)) return undefined;
    const { account, id } = key;
    return this.#connections.read((connection) => {
      const [row] = connection.rows(statements.findEvent, account, id);
      return row === undefined
        ? undefined
        : inboxEventOf(row, progressOn(connection, account, [row]));
    });
  }

  override async body(key: EventKey): Promise<Buffer | undefined> {
    if (!isEventKey(key)) return undefined;
    const [row] = await this.#connections.read((connection) =>
      connection.rows(statements.findBody, key.account, key.id),
    );
    return row === undefined ? undefined : bytes(row, 'body');
  }

  override async list(account: string, filter: InboxFilter): Promise<readonly InboxEvent[]> {
    const stored = inboxQuery(filter);
    if (!isStorable(account, stored.objectId ?? '')) return [];
    const progress = new Map<string, readonly Row[]>();
    const fetch = (some: number) =>
      this.#connections.read((connection) => {
        const rows = listOn(connection, account, { ...stored, limit: some });
        for (const [id, own] of progressOn(connection, account, rows)) progress.set(id, own);
        return rows;
      });
    if (filter.state === undefined) await this.#sayUnknown(account, stored.before);
    return this.#readable.upTo(stored.limit, fetch, inboxEvents(progress));
  }

  override async replay(key: EventKey): Promise<boolean> {
    if (!isEventKey(key)) return false;
    const { account, id } = key;
    return this.#connections.write((connection) => {
      if (connection.rows(statements.replayEvent, account, id).length === 0) return false;
      connection.rows(statements.replayProgress, account, id);
      return true;
    });
  }

  /** Some at a time: whoever has an event to write waits for some, not for all. */
  override async purge(account: string, olderThan: Date): Promise<number> {
    const before = storedMs(olderThan);
    if (!isStorable(account)) return 0;
    for (let total = 0; ;) {
      const purged = await this.#connections.write((connection) =>
        purgeOn(connection, account, before),
      );
      total += purged;
      if (purged < PURGED_AT_ONCE) return total;
    }
  }

  override async counts(account: string): Promise<InboxCounts> {
    const [row] = await this.#connections.read((connection) =>
      connection.rows(statements.inboxCounts, account, account, account),
    );
    return inboxCountsOf(row);
  }

  /** What the machine's clock took back when it was set back. */
  async #recall(): Promise<void> {
    const due = await this.#connections.read((connection) =>
      connection.rows(statements.isRecallDue),
    );
    if (due.length === 0) return;
    await this.#connections.write((connection) => connection.rows(statements.recallEvents));
  }

  /** Events in states of a newer version are in no list; the log says so. */
  async #sayUnknown(account: string, before: number): Promise<void> {
    const rows = await this.#connections.read((connection) =>
      connection.rows(statements.unknownEvents, account, before),
    );
    this.#readable.of(rows, inboxEvents(new Map()));
  }

  /** Waits for the inserts that are under way. */
  idle(): Promise<void> {
    return this.#inserts.idle();
  }
}

function insertOn(
  connection: SqliteConnection<SqliteDatabase>,
  { account, id, body }: ReceivedEvent,
): boolean {
  return connection.rows(statements.insertEvent, account, id, body).length > 0;
}

function claimOn(
  connection: SqliteConnection<SqliteDatabase>,
  { account, id }: EventKey,
  leaseMs: number,
): ClaimedEvent | undefined {
  const [row] = connection.rows(statements.claimEvent, leaseMs, account, id);
  if (row === undefined) return undefined;
  const handlers = handlersOf(progressOn(connection, account, [{ id }]), id);
  return { account, id, body: bytes(row, 'body'), token: whole(row, 'token'), handlers };
}
