import {
  assertEventKey,
  assertStorable,
  erasedLine,
  erasedRecord,
  erasureFault,
  erasureLine,
  InboxStore,
  isErased,
  isEventKey,
  isSettled,
  LeaseLostError,
  lend,
  namesPerson,
  newLine,
  newRecord,
  purgedStates,
  storable,
  storableConclusion,
  storedFilter,
  storedMs,
  TrackingStore,
  updateOf,
  watcherOf,
  wholeMs,
  type ClaimedEvent,
  type Erased,
  type Erasure,
  type EventKey,
  type HandlerProgress,
  type HistoryLine,
  type InboxConclusion,
  type InboxCounts,
  type InboxEvent,
  type InboxFilter,
  type InboxPurge,
  type ReceivedEvent,
  type RecordWindow,
  type Settlement,
  type TrackedIntent,
  type TrackedKey,
  type TrackedKind,
  type TrackedRecord,
} from 'nestjs-glomopay';

/** A transaction of the store below: lines that count when it is committed. */
export interface Notebook {
  readonly lines: string[];
}

interface StoredEvent extends Omit<InboxEvent, 'handlers'> {
  readonly body: Buffer;
  readonly token: number;
  readonly handlers: Map<string, HandlerProgress>;
}

/** A database that several stores share: here a few maps, and one transaction at a time. */
export class OwnDatabase {
  readonly movements = new Map<string, TrackedRecord>();
  readonly histories = new Map<string, readonly HistoryLine[]>();
  readonly events = new Map<string, StoredEvent>();
  /** When each event arrived that is known, also when it was purged since. */
  readonly arrivals = new Map<string, Pick<StoredEvent, 'account' | 'receivedAt'>>();
  readonly lines: string[] = [];
  #last: Promise<unknown> = Promise.resolve();

  transaction<T>(work: (tx: Notebook) => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      const tx = { lines: [] };
      const value = await work(tx);
      this.lines.push(...tx.lines);
      return value;
    });
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** A store written by somebody else, with nothing but what the library exports. */
export class OwnStore extends TrackingStore<Notebook> {
  override readonly inbox: OwnInbox;
  readonly #database: OwnDatabase;

  constructor(database: OwnDatabase) {
    super();
    this.#database = database;
    this.inbox = new OwnInbox(database);
  }

  override async migrate(): Promise<void> {}

  override async insert(intent: TrackedIntent, nextCheckMs: number) {
    assertStorable(intent);
    const { movements } = this.#database;
    const standing = movements.get(keyOf(intent));
    if (standing !== undefined) return { record: standing, inserted: false };
    const now = after(0);
    const record = newRecord(intent, now, after(nextCheckMs, now));
    movements.set(keyOf(intent), record);
    return { record, inserted: true };
  }

  override async find(key: TrackedKey): Promise<TrackedRecord | undefined> {
    return this.#database.movements.get(keyOf(key));
  }

  override async findByObject(account: string, objectId: string) {
    return this.#of(account).find((record) => record.objectId === objectId);
  }

  override async findBySubject(account: string, subjectId: string) {
    return this.#of(account).filter((record) => record.subjectId === subjectId);
  }

  override async findByReference(account: string, reference: string, limit: number) {
    return this.#of(account)
      .filter((record) => record.reference === reference)
      .toReversed()
      .slice(0, limit);
  }

  override erase(key: TrackedKey, erasure: Erasure): Promise<Erased | undefined> {
    return this.#database.transaction(async () => {
      const record = await this.find(key);
      if (record === undefined) return undefined;
      const events = [...this.#database.events.values()].filter(
        ({ account, id, objectId }) =>
          account === key.account &&
          (erasure.eventIds.includes(id) || erasure.objectIds.includes(objectId ?? '')),
      );
      const waits = events.some(({ state }) => state !== 'handled');
      const fault = erasureFault(record) ?? (waits ? 'event_waits' : undefined);
      if (fault !== undefined) return { record, fault, changed: false, lines: 0, events: 0 };
      for (const event of events) this.#database.events.delete(idOf(event));
      const history = await this.history(key);
      const lines = history.map((line) => (namesPerson(line) ? erasedLine(line) : line));
      const changed = !isErased(record);
      const erased = changed ? { ...erasedRecord(record, erasure), updatedAt: new Date() } : record;
      if (changed && erasure.keepsLine) lines.push(erasureLine(erased));
      this.#database.histories.set(keyOf(key), lines);
      this.#database.movements.set(keyOf(key), erased);
      const counts = { lines: history.filter(namesPerson).length, events: events.length };
      return { record: erased, changed, ...counts };
    });
  }

  override settle(key: TrackedKey, settlement: Settlement<Notebook>) {
    const { decide, effect, witness, followUp } = settlement;
    return this.#database.transaction(async (tx) => {
      const before = await this.find(key);
      if (before === undefined) return undefined;
      const others = this.#of(key.account).filter((record) => record !== before);
      const paidAlready = others.some(
        ({ subjectId, exclusive, state }) =>
          before.exclusive &&
          exclusive &&
          subjectId !== null &&
          subjectId === before.subjectId &&
          state === 'succeeded',
      );
      const like = others.filter(
        ({ kind, subjectId, state }) =>
          kind === before.kind &&
          subjectId !== null &&
          subjectId === before.subjectId &&
          state === 'succeeded',
      );
      const amount = like
        .filter(({ currency }) => currency === before.currency)
        .reduce((sum, other) => Math.min(sum + other.amount, Number.MAX_SAFE_INTEGER), 0);
      const change = decide(before, { paidAlready, succeeded: { count: like.length, amount } });
      if (change === undefined) return { before, after: before };
      const { nextCheckMs, needsPerson: _, ...members } = updateOf(before, change, settlement);
      if (others.some(({ objectId }) => objectId !== null && objectId === members.objectId)) {
        throw new Error('The object belongs to another record');
      }
      const version = before.version + 1;
      const nextCheckAt = nextCheckMs === null ? null : after(nextCheckMs);
      const record = { ...before, ...members, version, updatedAt: after(0), nextCheckAt };
      const event = followUp?.(before, change);
      await lend(tx, (lent) => effect(before, record, lent));
      if (event !== undefined) await this.inbox.insert(event);
      if (witness !== undefined) {
        const lines = await this.history(key);
        const line = newLine(before, record, witness);
        this.#database.histories.set(keyOf(key), [...lines, line]);
      }
      const { checks } = this.#database.movements.get(keyOf(key)) ?? before;
      this.#database.movements.set(keyOf(key), { ...record, checks });
      return { before, after: { ...record, checks } };
    });
  }

  override claimDue(account: string, limit: number, leaseMs: number) {
    return this.#database.transaction(async () =>
      this.#of(account)
        .filter(({ nextCheckAt }) => nextCheckAt !== null && nextCheckAt <= after(0))
        .toSorted((one, other) => Number(one.nextCheckAt) - Number(other.nextCheckAt))
        .slice(0, limit)
        .map((record) => {
          const claimed = { ...record, checks: record.checks + 1, nextCheckAt: after(leaseMs) };
          this.#database.movements.set(keyOf(record), claimed);
          return claimed;
        }),
    );
  }

  override async reschedule(key: TrackedKey, nextCheckMs: number): Promise<void> {
    const record = await this.find(key);
    if (record === undefined || record.nextCheckAt === null) return;
    this.#database.movements.set(keyOf(key), { ...record, nextCheckAt: after(nextCheckMs) });
  }

  override async unwatch(key: TrackedKey): Promise<void> {
    const record = await this.find(key);
    if (record === undefined || !isSettled(record.state)) return;
    this.#database.movements.set(keyOf(key), { ...record, nextCheckAt: null });
  }

  override async counts(account: string, kinds: readonly TrackedKind[]) {
    const records = this.#of(account).filter(({ kind }) => kinds.includes(kind));
    return {
      needsAttention: records.filter((record) => watcherOf(record) === 'person').length,
      open: records.filter(({ state }) => state === 'created' || state === 'attempted').length,
    };
  }

  override async needingAttention(account: string, kinds: readonly TrackedKind[], limit: number) {
    return this.#of(account)
      .filter((record) => kinds.includes(record.kind) && watcherOf(record) === 'person')
      .slice(0, limit);
  }

  override async history(key: TrackedKey): Promise<readonly HistoryLine[]> {
    return this.#database.histories.get(keyOf(key)) ?? [];
  }

  override async within(account: string, { from, to, after: last, limit }: RecordWindow) {
    const placeOf = ({ createdAt, kind, requestId }: typeof last & object): string =>
      [String(createdAt.getTime()).padStart(16, '0'), kind, requestId].join('\0');
    return this.#of(account)
      .filter(({ createdAt }) => createdAt >= from && createdAt < to)
      .filter((record) => last === undefined || placeOf(record) > placeOf(last))
      .toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
      .slice(0, limit);
  }

  override async purge(account: string, before: Date): Promise<number> {
    const old = this.#of(account)
      .filter((record) => watcherOf(record) === 'nobody' && record.nextCheckAt === null)
      .filter((record) => record.updatedAt < before)
      .filter((record) => this.#database.histories.delete(keyOf(record)));
    return old.length;
  }

  override async close(): Promise<void> {}

  #of(account: string): TrackedRecord[] {
    return [...this.#database.movements.values()].filter((record) => record.account === account);
  }
}

class OwnInbox extends InboxStore<Notebook> {
  readonly #database: OwnDatabase;

  constructor(database: OwnDatabase) {
    super();
    this.#database = database;
  }

  override async insert({ account, id, body }: ReceivedEvent): Promise<boolean> {
    assertEventKey({ account, id });
    if (this.#database.arrivals.has(idOf({ account, id }))) return false;
    const receivedAt = after(0);
    this.#database.arrivals.set(idOf({ account, id }), { account, receivedAt });
    this.#put({
      account,
      id,
      type: null,
      objectId: null,
      state: 'open',
      reason: null,
      receivedAt,
      nextTryAt: receivedAt,
      token: 0,
      body: Buffer.from(body),
      handlers: new Map(),
    });
    return true;
  }

  override async claim(key: EventKey, leaseMs: number): Promise<ClaimedEvent | undefined> {
    const nextTryAt = after(leaseMs);
    const event = this.#get(key);
    if (event === undefined || !isDue(event)) return undefined;
    const token = event.token + 1;
    this.#put({ ...event, token, nextTryAt });
    const { account, id, body } = event;
    return { account, id, body: Buffer.from(body), token, handlers: sorted(event) };
  }

  override async due(account: string, limit: number): Promise<readonly string[]> {
    return this.#of(account)
      .filter(isDue)
      .toSorted((one, other) => Number(one.nextTryAt) - Number(other.nextTryAt))
      .slice(0, limit)
      .map(({ id }) => id);
  }

  override commit(
    claim: Pick<ClaimedEvent, 'account' | 'id' | 'token'>,
    handler: string,
    work: (tx: Notebook) => Promise<void>,
  ): Promise<void> {
    const name = storable(handler);
    return this.#database.transaction(async (tx) => {
      this.#leased(claim, name);
      await lend(tx, work);
      const event = this.#leased(claim, name);
      const { tries = 0, error = null } = event.handlers.get(name) ?? {};
      event.handlers.set(name, { handler: name, state: 'done', tries, error });
    });
  }

  override async conclude(
    claim: Pick<ClaimedEvent, 'account' | 'id' | 'token'>,
    conclusion: InboxConclusion,
  ): Promise<boolean> {
    const { handlers, nextTryMs, ...members } = storableConclusion(conclusion);
    const event = this.#get(claim);
    if (event?.token !== claim.token) return false;
    for (const progress of handlers) {
      if (event.handlers.get(progress.handler)?.state === 'done') continue;
      event.handlers.set(progress.handler, progress);
    }
    const nextTryAt = nextTryMs === null ? null : after(nextTryMs);
    this.#put({ ...event, ...members, nextTryAt, token: event.token + 1 });
    return true;
  }

  override async find(key: EventKey): Promise<InboxEvent | undefined> {
    const event = this.#get(key);
    return event === undefined ? undefined : shown(event);
  }

  override async body(key: EventKey): Promise<Buffer | undefined> {
    const body = this.#get(key)?.body;
    return body === undefined ? undefined : Buffer.from(body);
  }

  override async list(account: string, filter: InboxFilter): Promise<readonly InboxEvent[]> {
    const { states, objectId, before, limit } = storedFilter(filter);
    return this.#of(account)
      .filter((event) => states.includes(event.state) && event.receivedAt.getTime() < before)
      .filter((event) => objectId === undefined || event.objectId === objectId)
      .toReversed()
      .toSorted((one, other) => other.receivedAt.getTime() - one.receivedAt.getTime())
      .slice(0, limit)
      .map(shown);
  }

  override async replay(key: EventKey): Promise<boolean> {
    const event = this.#get(key);
    if (event?.state !== 'failed') return false;
    const handlers = new Map(
      [...event.handlers].map(([name, one]): [string, HandlerProgress] => [
        name,
        one.state === 'done' ? one : { ...one, state: 'open', tries: 0, error: null },
      ]),
    );
    const opened = { state: 'open', reason: null, nextTryAt: after(0) } as const;
    this.#put({ ...event, ...opened, handlers, token: event.token + 1 });
    return true;
  }

  override async purge(
    account: string,
    olderThan: Date,
    { states, atMost }: InboxPurge = {},
  ): Promise<number> {
    const before = storedMs(olderThan);
    const old = this.#of(account)
      .filter(({ state }) => purgedStates(states).includes(state))
      .filter(({ receivedAt }) => receivedAt.getTime() < before)
      .slice(0, atMost);
    for (const event of old) this.#database.events.delete(idOf(event));
    return old.length;
  }

  override async forgetKeys(account: string, before: Date): Promise<number> {
    const { arrivals, events } = this.#database;
    const old = [...arrivals]
      .filter(([id, arrival]) => arrival.account === account && !events.has(id))
      .filter(([, { receivedAt }]) => receivedAt.getTime() < storedMs(before));
    for (const [id] of old) arrivals.delete(id);
    return old.length;
  }

  override async counts(account: string): Promise<InboxCounts> {
    const open = this.#of(account).filter(({ state }) => state === 'open');
    const failed = this.#of(account).filter(({ state }) => state === 'failed').length;
    return { open: open.length, failed, oldestOpenAt: open[0]?.receivedAt ?? null };
  }

  #leased(claim: Pick<ClaimedEvent, 'account' | 'id' | 'token'>, handler: string): StoredEvent {
    const event = this.#get(claim);
    const isDone = event?.handlers.get(handler)?.state === 'done';
    if (event?.token !== claim.token || isDone) throw new LeaseLostError();
    return event;
  }

  #get(key: EventKey): StoredEvent | undefined {
    return isEventKey(key) ? this.#database.events.get(idOf(key)) : undefined;
  }

  #put(event: StoredEvent): void {
    this.#database.events.set(idOf(event), event);
  }

  #of(account: string): StoredEvent[] {
    return [...this.#database.events.values()].filter((event) => event.account === account);
  }
}

function idOf({ account, id }: EventKey): string {
  return JSON.stringify([account, id]);
}

function keyOf({ account, kind, requestId }: TrackedKey): string {
  return JSON.stringify([account, kind, requestId]);
}

function after(ms: number, since = new Date()): Date {
  return new Date(since.getTime() + wholeMs(ms));
}

function isDue({ state, nextTryAt }: StoredEvent): boolean {
  return state === 'open' && nextTryAt !== null && nextTryAt <= after(0);
}

function sorted({ handlers }: StoredEvent): HandlerProgress[] {
  return [...handlers.values()].toSorted((one, other) => (one.handler < other.handler ? -1 : 1));
}

function shown(event: StoredEvent): InboxEvent {
  const { body: _, token: __, ...members } = event;
  return { ...members, handlers: sorted(event) };
}
