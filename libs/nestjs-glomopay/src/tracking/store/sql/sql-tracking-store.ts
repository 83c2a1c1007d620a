import { notedHandlers, notesJson, type HandlerNote, type NotedHandler } from '../handler-note.js';
import type { Erased, Erasure } from '../erasure.js';
import type { HistoryLine } from '../history-line.js';
import { historyLines } from '../history-row.js';
import { Lanes } from '../lanes.js';
import { storedMs } from '../inbox-query.js';
import { ReadableRows } from '../readable-rows.js';
import { onlyRow, optional, text, whole, type Row } from '../row.js';
import { assertStorable, isStorable, wholeMs } from '../storable.js';
import type { TrackedIntent, TrackedKey, TrackedKind, TrackedRecord } from '../tracked-record.js';
import { trackedRecordOf, trackedRecords } from '../tracked-row.js';
import {
  TrackingStore,
  type RecordWindow,
  type Settled,
  type Settlement,
} from '../tracking-store.js';
import { eraseIn } from './erase-in.js';
import type { InsertedIntent } from './new-intent.js';
import type { SqlInboxStore } from './sql-inbox-store.js';
import { settleIn } from './settle-in.js';
import type { MovementStatements, SqlMovements } from './sql-movements.js';

/** A store in a SQL database: what is the same in all of them. */
export abstract class SqlTrackingStore<Tx> extends TrackingStore<Tx> {
  override readonly inbox: SqlInboxStore<Tx>;
  readonly #movements: SqlMovements<Tx>;
  readonly #lanes = new Lanes();
  readonly #readable = new ReadableRows();

  constructor(movements: SqlMovements<Tx>, inbox: SqlInboxStore<Tx>) {
    super();
    this.#movements = movements;
    this.inbox = inbox;
  }

  override async insert(intent: TrackedIntent, nextCheckMs: number): Promise<InsertedIntent> {
    assertStorable(intent);
    return this.#movements.inserts.add({ intent, nextCheckMs: wholeMs(nextCheckMs) });
  }

  override async find(key: TrackedKey): Promise<TrackedRecord | undefined> {
    const { account, kind, requestId } = key;
    return (await this.#found('findByKey', account, kind, requestId)).map(trackedRecordOf)[0];
  }

  override async findByObject(
    account: string,
    objectId: string,
  ): Promise<TrackedRecord | undefined> {
    return (await this.#found('findByObject', account, objectId)).map(trackedRecordOf)[0];
  }

  override async findBySubject(
    account: string,
    subjectId: string,
  ): Promise<readonly TrackedRecord[]> {
    return this.#readable.of(
      await this.#found('findBySubject', account, subjectId),
      trackedRecords,
    );
  }

  override async findByReference(
    account: string,
    reference: string,
    limit: number,
  ): Promise<readonly TrackedRecord[]> {
    const fetch = (some: number) =>
      this.#found('findByReference', account, reference, account, reference, some);
    return this.#readable.upTo(limit, fetch, trackedRecords);
  }

  override async erase(key: TrackedKey, erasure: Erasure): Promise<Erased | undefined> {
    const { account, requestId } = key;
    if (!isStorable(account, requestId)) return undefined;
    return this.#movements.settlement((transaction) => eraseIn(transaction, key, erasure));
  }

  override async settle(key: TrackedKey, settlement: Settlement<Tx>): Promise<Settled | undefined> {
    const { account, kind, requestId } = key;
    if (!isStorable(account, requestId)) return undefined;
    // Many witnesses of one movement wait here, not each with a connection of the pool in hand.
    return this.#lanes.run(`${account}\0${kind}\0${requestId}`, () =>
      this.#movements.settlement((transaction) => settleIn(transaction, key, settlement)),
    );
  }

  override async claimDue(
    account: string,
    limit: number,
    leaseMs: number,
  ): Promise<readonly TrackedRecord[]> {
    const lease = wholeMs(leaseMs);
    if (!isStorable(account)) return [];
    const rows = await this.#movements.claimDue(account, limit, lease);
    return this.#readable.of(rows, trackedRecords);
  }

  override async accountsDue(): Promise<readonly string[]> {
    const { statements, read } = this.#movements;
    await this.#movements.recall.look();
    return (await read(statements.accountsWithMovements, [])).map((row) => text(row, 'account'));
  }

  override async accountsLeft(): Promise<readonly string[]> {
    const { statements, read } = this.#movements;
    return (await read(statements.accountsLeft, [])).map((row) => text(row, 'account'));
  }

  override async accountsToPurge(before: Date): Promise<readonly string[]> {
    const { statements, read } = this.#movements;
    const rows = await read(statements.accountsWithHistory, [storedMs(before)]);
    return rows.map((row) => text(row, 'account'));
  }

  override async reschedule(
    { account, kind, requestId }: TrackedKey,
    nextCheckMs: number,
  ): Promise<void> {
    if (!isStorable(account, requestId)) return;
    const { statements, write } = this.#movements;
    await write(statements.reschedule, [wholeMs(nextCheckMs), account, kind, requestId]);
  }

  override async unwatch({ account, kind, requestId }: TrackedKey): Promise<void> {
    if (!isStorable(account, requestId)) return;
    const { statements, write } = this.#movements;
    await write(statements.unwatch, [account, kind, requestId]);
  }

  override async counts(
    account: string,
    kinds: readonly TrackedKind[],
  ): Promise<{ readonly needsAttention: number; readonly open: number }> {
    const row = onlyRow(await this.#movements.counts(account, JSON.stringify(kinds)));
    return { needsAttention: whole(row, 'needs_attention'), open: whole(row, 'open') };
  }

  override needingAttention(
    account: string,
    kinds: readonly TrackedKind[],
    limit: number,
  ): Promise<readonly TrackedRecord[]> {
    return this.#readable.upTo(
      limit,
      (some) => this.#found('needingAttention', account, JSON.stringify(kinds), some),
      trackedRecords,
    );
  }

  override async history({
    account,
    kind,
    requestId,
  }: TrackedKey): Promise<readonly HistoryLine[]> {
    return this.#readable.of(await this.#found('history', account, kind, requestId), historyLines);
  }

  override async within(
    account: string,
    { from, to, after, limit }: RecordWindow,
  ): Promise<readonly TrackedRecord[]> {
    const { kind, requestId } = after ?? { kind: '', requestId: '' };
    if (!isStorable(account, requestId)) return [];
    const since = storedMs(after?.createdAt ?? from);
    const place = { since, kind, requestId, to: storedMs(to) };
    return this.#readable.upTo(
      limit,
      (some) => this.#movements.within(account, place, some),
      trackedRecords,
    );
  }

  override async purge(account: string, before: Date): Promise<number> {
    const ended = storedMs(before);
    if (!isStorable(account)) return 0;
    let total = 0;
    for (let place: number | null = 0; place !== null;) {
      const row: Row = onlyRow(await this.#movements.purge(account, ended, place));
      total += whole(row, 'purged');
      place = optional(whole, row, 'place');
    }
    return total;
  }

  override async noteHandlers(handlers: readonly HandlerNote[]): Promise<void> {
    if (handlers.length === 0) return;
    const { statements, write } = this.#movements;
    await write(statements.noteHandlers, [notesJson(handlers)]);
  }

  override async notedHandlers(): Promise<readonly NotedHandler[]> {
    const { statements, read } = this.#movements;
    return this.#readable.of(await read(statements.notedHandlers, []), notedHandlers);
  }

  /** Waits for the inserts that are under way. */
  override async close(): Promise<void> {
    await Promise.all([this.#movements.inserts.idle(), this.inbox.idle()]);
  }

  /** Nothing is stored under a text that a database would change. */
  async #found(
    statement: keyof MovementStatements,
    account: string,
    ...asked: readonly (string | number)[]
  ): Promise<readonly Row[]> {
    const { statements, read } = this.#movements;
    const asking = statements[statement];
    return asking !== undefined && isStorable(account, ...asked.map(String))
      ? read(asking, [account, ...asked])
      : [];
  }
}
