import type { TrackedRecord } from '../store/tracked-record.js';
import { unreadableFinding } from './finding-of.js';
import type { GatewayBook } from './gateway-book.js';
import { Judge } from './judge.js';
import { newestFirst, type ListedPart } from './newest-first.js';
import { RecentIds } from './recent-ids.js';
import type { ReconciliationFinding } from './reconciliation-finding.js';
import type { ReconciliationPlan } from './reconciliation-options.js';
import type { ReconciliationParts } from './reconciliation-parts.js';
import { recordsWithin } from './records-within.js';
import type { Tally } from './tally.js';

/** An intent is written before its object is made, by this much at most; else it is found by its id. */
const LEAD_MS = 15 * 60_000;
/** By this much the database's clock may be ahead of the gateway's. */
const SKEW_MS = 60_000;
/** Objects whose records are still to come; more of them are found by their ids. */
const MOST_PENDING = 1_000;
const REMEMBERED = 5_000;

/**
 * Compares one list of the gateway with the records, both from the newest backwards, a page of each in
 * memory at a time. A page reaches back to some moment; the records from that moment on are read beside
 * it. Nearly every object meets its record so: a request for a hundred of them, and one query. Whatever
 * does not, an object or a record, is looked up by its id, so that clocks and time cost calls and never
 * a finding.
 */
export class Comparison<T> {
  readonly #book: GatewayBook<T>;
  readonly #plan: ReconciliationPlan;
  readonly #parts: ReconciliationParts;
  readonly #tally: Tally;
  readonly #judge: Judge<T>;
  readonly #pending = new Map<string, T>();
  readonly #done = new RecentIds(REMEMBERED);

  constructor(
    book: GatewayBook<T>,
    plan: ReconciliationPlan,
    parts: ReconciliationParts,
    tally: Tally,
  ) {
    this.#book = book;
    this.#plan = plan;
    this.#parts = parts;
    this.#tally = tally;
    this.#judge = new Judge(book, plan, parts);
  }

  async *findings(): AsyncGenerator<ReconciliationFinding, void, undefined> {
    const { from } = this.#plan;
    let upTo = this.#plan.to;
    for await (const part of this.#listed()) {
      for (const { raw } of part.unreadable) {
        yield this.#tally.found(unreadableFinding(this.#book.kind, raw));
      }
      this.#take(part);
      const lower = part.isLast ? from : this.#readFrom(part, upTo);
      if (lower < upTo) {
        yield* this.#records(lower, upTo);
        upTo = lower;
      }
      const isRead = part.isLast || part.reaches === undefined;
      yield* this.#strangers(isRead ? Number.NEGATIVE_INFINITY : upTo.getTime() + LEAD_MS);
    }
  }

  #listed(): AsyncGenerator<ListedPart<T>> {
    const { signal } = this.#plan;
    const source = {
      list: (filter: object) => this.#book.list(filter, { signal }),
      idOf: (item: T) => this.#book.objectOf(item).id,
      createdAt: (item: T) => this.#book.objectOf(item).createdAt,
    };
    return newestFirst(source, this.#plan);
  }

  /** What was made outside the time that is compared is another comparison's. */
  #take({ items }: ListedPart<T>): void {
    const { from, to } = this.#plan;
    for (const item of items) {
      const { id, createdAt } = this.#book.objectOf(item);
      const isOutside = createdAt !== undefined && (createdAt < from || createdAt >= to);
      if (!isOutside && !this.#done.has(id)) this.#pending.set(id, item);
    }
  }

  #readFrom({ reaches }: ListedPart<T>, upTo: Date): Date {
    const { from } = this.#plan;
    if (reaches === undefined) return upTo;
    return new Date(Math.max(from.getTime(), reaches.getTime() + SKEW_MS));
  }

  async *#records(from: Date, to: Date): AsyncGenerator<ReconciliationFinding> {
    const { store, account, movements } = this.#parts;
    for await (const record of recordsWithin(store, account, { from, to })) {
      this.#plan.signal?.throwIfAborted();
      if (!this.#book.kinds.includes(record.kind) || !movements.has(record.kind)) continue;
      const finding = await this.#record(record);
      if (finding !== undefined) yield finding;
    }
  }

  /** One without an object has nothing to be compared with: what the gateway has of it finds it. */
  async #record(record: TrackedRecord): Promise<ReconciliationFinding | undefined> {
    const { objectId } = record;
    if (objectId === null) return this.#tally.equal();
    if (this.#done.has(objectId)) return undefined;
    const item = this.#pending.get(objectId);
    this.#conclude(objectId);
    return this.#counted(
      item === undefined
        ? await this.#judge.lone(record, objectId)
        : await this.#judge.pair(record, item),
    );
  }

  /** Objects whose records would have come by, were they among those that are read in order. */
  async *#strangers(madeFrom: number): AsyncGenerator<ReconciliationFinding> {
    const { store, account } = this.#parts;
    for (const [id, item] of this.#pending) {
      const madeAt = this.#book.objectOf(item).createdAt?.getTime() ?? Number.POSITIVE_INFINITY;
      if (madeAt < madeFrom && this.#pending.size <= MOST_PENDING) continue;
      this.#plan.signal?.throwIfAborted();
      this.#conclude(id);
      const record = await store.findByObject(account, id);
      const verdict =
        record === undefined
          ? await this.#judge.stranger(item)
          : await this.#judge.pair(record, item);
      if (verdict === 'foreign') this.#tally.foreign();
      else {
        const finding = this.#counted(verdict);
        if (finding !== undefined) yield finding;
      }
    }
  }

  #conclude(id: string): void {
    this.#pending.delete(id);
    this.#done.add(id);
  }

  #counted(finding: ReconciliationFinding | undefined): ReconciliationFinding | undefined {
    return finding === undefined ? this.#tally.equal() : this.#tally.found(finding);
  }
}
