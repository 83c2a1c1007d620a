import {
  erasedRecord,
  erasureFault,
  erasureLine,
  isErased,
  type Erased,
  type Erasure,
} from '../erasure.js';
import { lend } from '../lend.js';
import { newLine } from '../new-line.js';
import { storableChange } from '../storable-change.js';
import type { TrackedChange, TrackedKey, TrackedRecord } from '../tracked-record.js';
import type { Settled, Settlement } from '../tracking-store.js';
import type { MemoryHistory } from './memory-history.js';
import type { MemoryInboxStore } from './memory-inbox-store.js';
import type { MemoryRecords } from './memory-records.js';
import { MemoryTransaction } from './memory-transaction.js';

/** What a settlement and an erasure change. */
interface Parts {
  readonly records: MemoryRecords;
  readonly history: MemoryHistory;
  readonly inbox: MemoryInboxStore;
  /** The time so many milliseconds from now. */
  readonly in: (ms: number) => Date;
}

/** Changes records in memory, whole or not at all: what `settleIn` and `eraseIn` do in a database. */
export class MemorySettlements {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whoever calls has the lane of the record. */
  async settle(
    key: TrackedKey,
    settlement: Settlement<MemoryTransaction>,
  ): Promise<Settled | undefined> {
    const { decide, effect, witness, followUp } = settlement;
    const before = this.#parts.records.get(key);
    if (before === undefined) return undefined;
    const change = decide(before, {
      paidAlready: this.#parts.records.paidBeside(before),
      succeeded: this.#parts.records.succeededBeside(before),
    });
    if (change === undefined) return { before, after: before };
    const after = this.#changed(before, change, settlement);
    const event = followUp?.(before, change);
    const transaction = new MemoryTransaction();
    await lend(transaction, (tx) => effect(before, after, tx));
    this.#parts.records.put(after);
    if (witness !== undefined) this.#parts.history.add(after, newLine(before, after, witness));
    if (event !== undefined) await this.#parts.inbox.insert(event);
    transaction.commit();
    return { before, after };
  }

  /** As of `settle`. */
  erase(key: TrackedKey, erasure: Erasure): Erased | undefined {
    const record = this.#parts.records.get(key);
    if (record === undefined) return undefined;
    const events = this.#parts.inbox.eventsOf(key.account, erasure.eventIds, erasure.objectIds);
    const waits = events.some(({ state }) => state !== 'handled');
    const fault = erasureFault(record) ?? (waits ? 'event_waits' : undefined);
    if (fault !== undefined) return { record, fault, changed: false, lines: 0, events: 0 };
    this.#parts.inbox.forget(events);
    const lines = this.#parts.history.erase(key);
    const changed = !isErased(record);
    if (!changed) return { record, changed, lines, events: events.length };
    const after = { ...erasedRecord(record, erasure), updatedAt: this.#parts.in(0) };
    this.#parts.records.put(after);
    if (erasure.keepsLine) this.#parts.history.add(key, erasureLine(after));
    return { record: after, changed, lines, events: events.length };
  }

  #changed(
    before: TrackedRecord,
    change: TrackedChange,
    settlement: Settlement<MemoryTransaction>,
  ): TrackedRecord {
    const { nextCheckMs, needsPerson: _, ...members } = storableChange(before, change, settlement);
    this.#parts.records.assertOwner(before, members.objectId);
    return {
      ...before,
      ...members,
      version: before.version + 1,
      updatedAt: this.#parts.in(0),
      nextCheckAt: nextCheckMs === null ? null : this.#parts.in(nextCheckMs),
    };
  }
}
