import { systemClock, type Clock } from '../../../config/clock.js';
import { GlomopayConfigurationError } from '../../../errors/configuration.error.js';
import { Named } from '../../../errors/named.decorator.js';
import type { Erased, Erasure } from '../erasure.js';
import type { HandlerNote, NotedHandler } from '../handler-note.js';
import type { HistoryLine } from '../history-line.js';
import { MemoryInboxStore } from './memory-inbox-store.js';
import { Lanes } from '../lanes.js';
import { MemoryHandlers } from './memory-handlers.js';
import { MemoryHistory } from './memory-history.js';
import { byIntent, dueAt, idOf, isLeftAlone, laneOf, MemoryRecords } from './memory-records.js';
import { MemorySettlements } from './memory-settlements.js';
import type { MemoryTransaction } from './memory-transaction.js';
import { newRecord } from '../new-record.js';
import { assertStorable, wholeMs } from '../storable.js';
import {
  openStates,
  isSettled,
  type TrackedIntent,
  type TrackedKey,
  type TrackedKind,
  type TrackedRecord,
} from '../tracked-record.js';
import {
  TrackingStore,
  type RecordWindow,
  type Settled,
  type Settlement,
} from '../tracking-store.js';
import { whoLooksNext } from '../who-looks-next.js';

/** Keeps movements in this process and forgets them with it: for tests. */
@Named('MemoryTrackingStore')
export class MemoryTrackingStore extends TrackingStore<MemoryTransaction> {
  override readonly inbox: MemoryInboxStore;
  readonly #clock: Pick<Clock, 'date'>;
  readonly #records = new MemoryRecords();
  readonly #history = new MemoryHistory();
  readonly #handlers = new MemoryHandlers();
  readonly #settlements: MemorySettlements;
  readonly #lanes = new Lanes();
  /** Records that a settlement holds; a sweeper takes others meanwhile. */
  readonly #held = new Set<string>();

  /** @throws {GlomopayConfigurationError} in production: money needs a store that lasts. */
  constructor(clock: Pick<Clock, 'date'> = systemClock) {
    super();
    if (process.env['NODE_ENV'] === 'production') {
      throw new GlomopayConfigurationError([
        'store: MemoryTrackingStore forgets every payment with its process; use PostgresTrackingStore or SqliteTrackingStore in production',
      ]);
    }
    this.#clock = clock;
    this.inbox = new MemoryInboxStore(clock);
    this.#settlements = new MemorySettlements({
      records: this.#records,
      history: this.#history,
      inbox: this.inbox,
      in: (ms) => this.#in(ms),
    });
  }

  override async migrate(): Promise<void> {}

  override async insert(
    intent: TrackedIntent,
    nextCheckMs: number,
  ): Promise<{ readonly record: TrackedRecord; readonly inserted: boolean }> {
    assertStorable(intent);
    const standing = this.#records.get(intent);
    if (standing !== undefined) return { record: standing, inserted: false };
    const now = this.#in(0);
    const nextCheckAt = new Date(now.getTime() + wholeMs(nextCheckMs));
    const record = newRecord(intent, now, nextCheckAt);
    this.#records.put(record);
    return { record, inserted: true };
  }

  override async find(key: TrackedKey): Promise<TrackedRecord | undefined> {
    return this.#records.get(key);
  }

  override async findByObject(
    account: string,
    objectId: string,
  ): Promise<TrackedRecord | undefined> {
    return this.#records.of(account).find((record) => record.objectId === objectId);
  }

  override async findBySubject(
    account: string,
    subjectId: string,
  ): Promise<readonly TrackedRecord[]> {
    return this.#records.of(account).filter((record) => record.subjectId === subjectId);
  }

  override async findByReference(
    account: string,
    reference: string,
    limit: number,
  ): Promise<readonly TrackedRecord[]> {
    return this.#records
      .of(account)
      .filter((record) => record.reference === reference)
      .toReversed()
      .slice(0, limit);
  }

  override async erase(key: TrackedKey, erasure: Erasure): Promise<Erased | undefined> {
    const known = this.#records.get(key);
    if (known === undefined) return undefined;
    return this.#lanes.run(laneOf(known), async () => this.#settlements.erase(key, erasure));
  }

  override async settle(
    key: TrackedKey,
    settlement: Settlement<MemoryTransaction>,
  ): Promise<Settled | undefined> {
    const known = this.#records.get(key);
    if (known === undefined) return undefined;
    const id = idOf(key);
    return this.#lanes.run(laneOf(known), async () => {
      this.#held.add(id);
      try {
        return await this.#settlements.settle(key, settlement);
      } finally {
        this.#held.delete(id);
      }
    });
  }

  override async claimDue(
    account: string,
    limit: number,
    leaseMs: number,
  ): Promise<readonly TrackedRecord[]> {
    const now = this.#clock.date();
    const due = this.#records
      .of(account)
      .filter((record) => dueAt(record) <= now && !this.#held.has(idOf(record)))
      .toSorted((one, other) => dueAt(one) - dueAt(other))
      .slice(0, limit);
    return due.map((record) => {
      const nextCheckAt = this.#in(leaseMs);
      return this.#records.put({ ...record, checks: record.checks + 1, nextCheckAt });
    });
  }

  override async accountsDue(): Promise<readonly string[]> {
    const now = this.#clock.date();
    return this.#records.accounts((record) => dueAt(record) <= now);
  }

  override async accountsLeft(): Promise<readonly string[]> {
    return this.#records.accounts((record) => whoLooksNext(record) === 'person');
  }

  override async accountsToPurge(before: Date): Promise<readonly string[]> {
    return this.#records.accounts((record) =>
      this.#history.of(record).some((line) => line.at < before),
    );
  }

  override async reschedule(key: TrackedKey, nextCheckMs: number): Promise<void> {
    const known = this.#records.get(key);
    if (known === undefined) return;
    await this.#lanes.run(laneOf(known), async () => {
      const record = this.#records.get(key);
      if (record === undefined || record.nextCheckAt === null) return;
      this.#records.put({ ...record, nextCheckAt: this.#in(nextCheckMs) });
    });
  }

  override async unwatch(key: TrackedKey): Promise<void> {
    const known = this.#records.get(key);
    if (known === undefined) return;
    await this.#lanes.run(laneOf(known), async () => {
      const record = this.#records.get(key);
      if (record === undefined || !isSettled(record.state)) return;
      this.#records.put({ ...record, nextCheckAt: null });
    });
  }

  override async counts(
    account: string,
    kinds: readonly TrackedKind[],
  ): Promise<{ readonly needsAttention: number; readonly open: number }> {
    const records = this.#records.of(account).filter(({ kind }) => kinds.includes(kind));
    return {
      needsAttention: records.filter((record) => whoLooksNext(record) === 'person').length,
      open: records.filter(({ state }) => openStates.includes(state)).length,
    };
  }

  override async needingAttention(
    account: string,
    kinds: readonly TrackedKind[],
    limit: number,
  ): Promise<readonly TrackedRecord[]> {
    return this.#records
      .of(account)
      .filter((record) => kinds.includes(record.kind) && whoLooksNext(record) === 'person')
      .slice(0, limit);
  }

  override async history(key: TrackedKey): Promise<readonly HistoryLine[]> {
    return this.#history.of(key);
  }

  override async within(
    account: string,
    { from, to, after, limit }: RecordWindow,
  ): Promise<readonly TrackedRecord[]> {
    const isPast = (record: TrackedRecord): boolean =>
      after === undefined || byIntent(record, after) > 0;
    return this.#records
      .of(account)
      .filter((record) => record.createdAt >= from && record.createdAt < to && isPast(record))
      .toSorted(byIntent)
      .slice(0, limit);
  }

  override async purge(account: string, before: Date): Promise<number> {
    return this.#records
      .of(account)
      .filter((record) => record.updatedAt < before && isLeftAlone(record))
      .filter((record) => this.#history.forget(record)).length;
  }

  override async noteHandlers(handlers: readonly HandlerNote[]): Promise<void> {
    this.#handlers.note(handlers, this.#clock.date());
  }

  override async notedHandlers(): Promise<readonly NotedHandler[]> {
    return this.#handlers.noted(this.#clock.date());
  }

  override async close(): Promise<void> {}

  #in(ms: number): Date {
    return new Date(this.#clock.date() + wholeMs(ms));
  }
}
