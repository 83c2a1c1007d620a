import type { Clock } from '../../../config/clock.js';
import { Lanes } from '../lanes.js';
import { lend } from '../lend.js';
import { MemoryTransaction } from './memory-transaction.js';
import { storable, wholeMs } from '../storable.js';
import { assertEventKey } from '../event-key.js';
import type {
  ClaimedEvent,
  EventKey,
  InboxConclusion,
  InboxEvent,
  InboxFilter,
  ReceivedEvent,
} from '../inbox-event.js';
import {
  InboxStore,
  LeaseLostError,
  purgedStates,
  type InboxCounts,
  type InboxPurge,
} from '../inbox-store.js';
import { dueMs, idOf, MemoryEvents, progressOf, shown, type MemoryEvent } from './memory-events.js';
import { storableConclusion } from '../storable-conclusion.js';
import { inboxQuery, storedMs } from '../inbox-query.js';

type Claim = Pick<ClaimedEvent, 'account' | 'id' | 'token'>;

/** The inbox of a `MemoryTrackingStore`. */
export class MemoryInboxStore extends InboxStore<MemoryTransaction> {
  readonly #clock: Pick<Clock, 'date'>;
  readonly #events = new MemoryEvents();
  readonly #lanes = new Lanes();

  constructor(clock: Pick<Clock, 'date'>) {
    super();
    this.#clock = clock;
  }

  override async insert({ account, id, body }: ReceivedEvent): Promise<boolean> {
    assertEventKey({ account, id });
    if (this.#events.isKnown({ account, id })) return false;
    const now = this.#in(0);
    this.#events.add({
      account,
      id,
      body: Buffer.from(body),
      type: null,
      objectId: null,
      state: 'open',
      reason: null,
      receivedAt: now,
      nextTryAt: now,
      token: 0,
      progress: new Map(),
    });
    return true;
  }

  override async claim(key: EventKey, leaseMs: number): Promise<ClaimedEvent | undefined> {
    const nextTryAt = this.#in(leaseMs);
    const event = this.#events.get(key);
    if (event === undefined || dueMs(event) > this.#clock.date()) return undefined;
    const token = event.token + 1;
    this.#events.put({ ...event, token, nextTryAt });
    const { account, id, body } = event;
    return { account, id, body: Buffer.from(body), token, handlers: progressOf(event) };
  }

  override async due(account: string, limit: number): Promise<readonly string[]> {
    const now = this.#clock.date();
    return this.#events
      .of(account)
      .filter((event) => dueMs(event) <= now)
      .toSorted((one, other) => dueMs(one) - dueMs(other))
      .slice(0, limit)
      .map(({ id }) => id);
  }

  override async accountsDue(): Promise<readonly string[]> {
    const now = this.#clock.date();
    return this.#events.accounts((event) => dueMs(event) <= now);
  }

  override async accountsLeft(): Promise<readonly string[]> {
    return this.#events.accounts(({ state }) => state === 'failed');
  }

  override async accountsToPurge(olderThan: Date): Promise<readonly string[]> {
    const before = storedMs(olderThan);
    return this.#events.accounts(
      ({ state, receivedAt }) => state === 'handled' && receivedAt.getTime() < before,
    );
  }

  override commit(
    claim: Claim,
    handler: string,
    work: (tx: MemoryTransaction) => Promise<void>,
  ): Promise<void> {
    const name = storable(handler);
    return this.#lanes.run(JSON.stringify([idOf(claim), name]), async () => {
      this.#leased(claim, name);
      const transaction = new MemoryTransaction();
      await lend(transaction, work);
      const event = this.#leased(claim, name);
      const { tries = 0, error = null } = event.progress.get(name) ?? {};
      event.progress.set(name, { handler: name, state: 'done', tries, error });
      transaction.commit();
    });
  }

  override async conclude(claim: Claim, conclusion: InboxConclusion): Promise<boolean> {
    const { handlers, nextTryMs, ...members } = storableConclusion(conclusion);
    const event = this.#events.get(claim);
    if (event === undefined || event.token !== claim.token) return false;
    for (const progress of handlers) {
      if (event.progress.get(progress.handler)?.state === 'done') continue;
      event.progress.set(progress.handler, progress);
    }
    const nextTryAt = nextTryMs === null ? null : this.#in(nextTryMs);
    this.#events.put({ ...event, ...members, nextTryAt, token: event.token + 1 });
    return true;
  }

  override async find(key: EventKey): Promise<InboxEvent | undefined> {
    const event = this.#events.get(key);
    return event === undefined ? undefined : shown(event);
  }

  override async body(key: EventKey): Promise<Buffer | undefined> {
    const body = this.#events.get(key)?.body;
    return body === undefined ? undefined : Buffer.from(body);
  }

  override async list(account: string, filter: InboxFilter): Promise<readonly InboxEvent[]> {
    const { states, objectId, before, limit } = inboxQuery(filter);
    return this.#events
      .of(account)
      .filter(({ state }) => states.includes(state))
      .filter((event) => objectId === undefined || event.objectId === objectId)
      .filter(({ receivedAt }) => receivedAt.getTime() < before)
      .toReversed()
      .toSorted((one, other) => other.receivedAt.getTime() - one.receivedAt.getTime())
      .slice(0, limit)
      .map(shown);
  }

  override async replay(key: EventKey): Promise<boolean> {
    const event = this.#events.get(key);
    if (event === undefined || event.state !== 'failed') return false;
    const progress = new Map(
      progressOf(event).map((one) => [
        one.handler,
        one.state === 'done' ? one : { ...one, state: 'open' as const, tries: 0, error: null },
      ]),
    );
    const token = event.token + 1;
    const nextTryAt = this.#in(0);
    this.#events.put({ ...event, state: 'open', reason: null, token, nextTryAt, progress });
    return true;
  }

  override async purge(
    account: string,
    olderThan: Date,
    { states, atMost }: InboxPurge = {},
  ): Promise<number> {
    const before = storedMs(olderThan);
    const wanted = purgedStates(states);
    const old = this.#events
      .of(account)
      .filter(({ state }) => wanted.includes(state))
      .filter(({ receivedAt }) => receivedAt.getTime() < before)
      .slice(0, atMost);
    for (const event of old) this.#events.forget(event);
    return old.length;
  }

  override async forgetKeys(account: string, before: Date): Promise<number> {
    return this.#events.forgetKeys(account, storedMs(before));
  }

  /** Events by their ids, or by the objects that they are about. */
  eventsOf(
    account: string,
    ids: readonly string[],
    objectIds: readonly string[],
  ): readonly InboxEvent[] {
    return this.#events
      .of(account)
      .filter(({ id, objectId }) => ids.includes(id) || objectIds.includes(objectId ?? ''))
      .map(shown);
  }

  /** Forgets events. Their keys stay. */
  forget(events: readonly EventKey[]): void {
    for (const event of events) this.#events.forget(event);
  }

  override async counts(account: string): Promise<InboxCounts> {
    const events = this.#events.of(account);
    const open = events.filter(({ state }) => state === 'open');
    const oldest = open.toSorted(
      (one, other) => one.receivedAt.getTime() - other.receivedAt.getTime(),
    )[0];
    return {
      open: open.length,
      failed: events.filter(({ state }) => state === 'failed').length,
      oldestOpenAt: oldest?.receivedAt ?? null,
    };
  }

  /** The event, while the claim holds it and the handler has something to do. */
  #leased(claim: Claim, handler: string): MemoryEvent {
    const event = this.#events.get(claim);
    if (event?.token !== claim.token || event.progress.get(handler)?.state === 'done') {
      throw new LeaseLostError();
    }
    return event;
  }

  #in(ms: number): Date {
    return new Date(this.#clock.date() + wholeMs(ms));
  }
}
