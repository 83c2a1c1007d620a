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
  progressOf,
  type ProgressByEvent,
} from '../tracking/store/inbox-row.js';
import { InboxStore, LeaseLostError, type InboxCounts } from '../tracking/store/inbox-store.js';
import { storableConclusion } from '../tracking/store/storable-conclusion.js';
import { inboxQuery, storedMs } from '../tracking/store/inbox-query.js';
import { ReadableRows } from '../tracking/store/readable-rows.js';
import { text, whole, type Row } from '../tracking/store/row.js';
import { isStorable, storable, wholeMs } from '../tracking/store/storable.js';
import { EventInserts } from './event-inserts.js';
import * as statements from './inbox-statements.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { Recall } from './recall.js';
import { retried } from './retried.js';
import type { StoreAdapter } from './store-adapter.js';

type Claim = Pick<ClaimedEvent, 'account' | 'id' | 'token'>;

/** How many events one statement purges at most. */
const PURGED_AT_ONCE = 500;

/** The inbox of a `PostgresTrackingStore`. */
export class PostgresInboxStore<Tx> extends InboxStore<Tx> {
  readonly #adapter: StoreAdapter<Tx>;
  readonly #query: PostgresQuery;
  readonly #inserts: EventInserts;
  readonly #recall: Recall;
  readonly #readable = new ReadableRows();

  constructor(adapter: StoreAdapter<Tx>) {
    super();
    this.#adapter = adapter;
    this.#query = retried(adapter);
    this.#inserts = new EventInserts(this.#query);
    this.#recall = new Recall(this.#query, statements.recallEvents);
  }

  override async insert(event: ReceivedEvent, signal?: AbortSignal): Promise<boolean> {
    assertEventKey(event);
    return this.#inserts.add(event, signal);
  }

  override async claim(key: EventKey, leaseMs: number): Promise<ClaimedEvent | undefined> {
    if (!isEventKey(key)) return undefined;
    const { account, id } = key;
    const [row] = await this.#query(statements.claimEvent, [account, id, wholeMs(leaseMs)]);
    if (row === undefined) return undefined;
    const token = whole(row, 'token');
    // By a statement of its own, which sees what was committed until the event was claimed.
    const handlers = token === 1 ? [] : handlersOf(await this.#progress(account, [{ id }]), id);
    return { account, id, body: bytes(row), token, handlers };
  }

  override async due(account: string, limit: number): Promise<readonly string[]> {
    if (!isStorable(account)) return [];
    await this.#recall.look();
    const fetch = (some: number) => this.#query(statements.dueEvents, [account, some]);
    return this.#readable.upTo(limit, fetch, dueEvents);
  }

  override async accountsDue(): Promise<readonly string[]> {
    await this.#recall.look();
    return (await this.#query(statements.accountsWithEvents, [])).map((row) =>
      text(row, 'account'),
    );
  }

  override async commit(
    { account, id, token }: Claim,
    handler: string,
    work: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    if (!isEventKey({ account, id })) throw new LeaseLostError();
    const params = [account, id, token, storable(handler)];
    await this.#adapter.transaction(async (tx, query) => {
      const [done] = await query(statements.markDone, params);
      if (done === undefined) throw new LeaseLostError();
      await this.#adapter.lend(tx, work);
    });
  }

  override async conclude(claim: Claim, conclusion: InboxConclusion): Promise<boolean> {
    if (!isEventKey(claim)) return false;
    const { handlers, ...members } = storableConclusion(conclusion);
    const values = {
      account: claim.account,
      id: claim.id,
      token: claim.token,
      type: members.type,
      object_id: members.objectId,
      state: members.state,
      reason: members.reason,
      next_try_ms: members.nextTryMs,
    };
    const params = [JSON.stringify(values), JSON.stringify(handlers)];
    return (await this.#query(statements.concludeEvent, params)).length > 0;
  }

  override async find(key: EventKey): Promise<InboxEvent | undefined> {
    if (!isEventKey(key)) return undefined;
    const [row] = await this.#query(statements.findEvent, [key.account, key.id]);
    return row === undefined
      ? undefined
      : inboxEventOf(row, await this.#progress(key.account, [row]));
  }

  override async body(key: EventKey): Promise<Buffer | undefined> {
    if (!isEventKey(key)) return undefined;
    const [row] = await this.#query(statements.findBody, [key.account, key.id]);
    return row === undefined ? undefined : bytes(row);
  }

  override async list(account: string, filter: InboxFilter): Promise<readonly InboxEvent[]> {
    const { states, objectId, before, limit } = inboxQuery(filter);
    if (!isStorable(account, objectId ?? '')) return [];
    if (filter.state === undefined) await this.#sayUnknown(account, before);
    const asked = [account, states.join(','), before];
    const progress = new Map<string, readonly Row[]>();
    const fetch = async (some: number): Promise<readonly Row[]> => {
      const rows =
        objectId === undefined
          ? await this.#query(statements.listEvents, [...asked, some])
          : await this.#query(statements.listObject, [...asked, some, objectId]);
      for (const [id, own] of await this.#progress(account, rows)) progress.set(id, own);
      return rows;
    };
    return this.#readable.upTo(limit, fetch, inboxEvents(progress));
  }

  override async replay(key: EventKey): Promise<boolean> {
    if (!isEventKey(key)) return false;
    return (await this.#query(statements.replayEvent, [key.account, key.id])).length > 0;
  }

  /** Some at a time: no statement grows with what was kept. */
  override async purge(account: string, olderThan: Date): Promise<number> {
    const params = [account, storedMs(olderThan), PURGED_AT_ONCE];
    if (!isStorable(account)) return 0;
    for (let total = 0; ;) {
      const [row] = await this.#query(statements.purgeEvents, params);
      const purged = row === undefined ? 0 : whole(row, 'purged');
      total += purged;
      if (purged < PURGED_AT_ONCE) return total;
    }
  }

  override async counts(account: string): Promise<InboxCounts> {
    const [row] = await this.#query(statements.inboxCounts, [account]);
    return inboxCountsOf(row);
  }

  /** Waits for the inserts that are under way. */
  idle(): Promise<void> {
    return this.#inserts.idle();
  }

  /** Events in states of a newer version are in no list; the log says so. */
  async #sayUnknown(account: string, before: number): Promise<void> {
    const rows = await this.#query(statements.unknownEvents, [account, before]);
    this.#readable.of(rows, inboxEvents(new Map()));
  }

  async #progress(account: string, events: readonly Row[]): Promise<ProgressByEvent> {
    if (events.length === 0) return new Map();
    const ids = JSON.stringify(events.map(({ id }) => id));
    return progressOf(await this.#query(statements.findProgress, [account, ids]));
  }
}

function bytes(row: Row): Buffer {
  return Buffer.from(text(row, 'body'), 'base64');
}
