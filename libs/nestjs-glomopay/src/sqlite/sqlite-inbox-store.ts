import { eventCommits } from '../tracking/inbox/event-commits.js';
import { assertEventKey, isEventKey } from '../tracking/inbox/event-key.js';
import type {
  ClaimedEvent,
  EventKey,
  InboxConclusion,
  InboxEvent,
  InboxFilter,
  ReceivedEvent,
} from '../tracking/inbox/inbox-event.js';
import { inboxCountsOf, inboxEventsOf } from '../tracking/inbox/inbox-row.js';
import { InboxStore, LeaseLostError, type InboxCounts } from '../tracking/inbox/inbox-store.js';
import { storableConclusion } from '../tracking/inbox/storable-conclusion.js';
import { storedMs } from '../tracking/inbox/stored-filter.js';
import { lend } from '../tracking/lend.js';
import { whole } from '../tracking/row.js';
import { isStorable, storable, wholeMs } from '../tracking/storable.js';
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
    const rows = await this.#connections.read((connection) =>
      connection.rows(statements.dueEvents, account, limit),
    );
    return rows.map(({ id }) => String(id));
  }

  override async accountsDue(): Promise<readonly string[]> {
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
      const rows = connection.rows(statements.findEvent, account, id);
      return inboxEventsOf(rows, progressOn(connection, account, rows))[0];
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
    return this.#connections.read((connection) => listOn(connection, account, filter));
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
      connection.rows(statements.inboxCounts, account),
    );
    return inboxCountsOf(row);
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
  const handlers = progressOn(connection, account, [{ id }]).get(id) ?? [];
  return { account, id, body: bytes(row, 'body'), token: whole(row, 'token'), handlers };
}
