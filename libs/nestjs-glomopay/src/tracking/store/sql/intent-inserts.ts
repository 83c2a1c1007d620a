import { newRecord } from '../new-record.js';
import { date, text, type Row } from '../row.js';
import type { TrackedKey, TrackedRecord } from '../tracked-record.js';
import { trackedRecordOf } from '../tracked-row.js';
import { inKeyOrder, firstOfEach } from './first-of-each.js';
import type { Inserts } from './inserts.js';
import { intentCommits } from './intent-commits.js';
import { isolateRefused } from './isolate-refused.js';
import { deletedMeanwhile, type InsertedIntent, type NewIntent } from './new-intent.js';

/** How a database writes intents, each key once and in one order. */
export interface IntentWriter {
  /** Writes those that are new; gives their keys, `created_at` and `next_check_at`. */
  write(items: readonly NewIntent[]): Promise<readonly Row[]>;
  /** The records that stand under these keys. */
  standing(items: readonly NewIntent[]): Promise<readonly Row[]>;
  /** Tells whether a failure is about what a row holds. */
  blamesRow(thrown: unknown): boolean;
}

/** Writes intents that arrive together in one statement, so that they share one wait for the disk. */
export class IntentInserts implements Inserts<NewIntent, InsertedIntent> {
  readonly #writer: IntentWriter;
  readonly #commits = intentCommits(
    (items) => isolateRefused(items, (some) => this.#insert(some), this.#writer.blamesRow),
    2,
  );

  constructor(writer: IntentWriter) {
    this.#writer = writer;
  }

  /** Read by each for itself: a row that cannot be read is nobody else's trouble. */
  async add(item: NewIntent): Promise<InsertedIntent> {
    const read = await this.#commits.add(item);
    return read();
  }

  idle(): Promise<void> {
    return this.#commits.idle();
  }

  async #insert(items: readonly NewIntent[]): Promise<(() => InsertedIntent)[]> {
    const firsts = firstOfEach(items, ({ intent }) => keyOf(intent));
    const written = rowsByKey(await this.#writer.write(inKeyOrder(firsts)));
    const others = [...firsts.values()].filter(({ intent }) => !written.has(keyOf(intent)));
    const standing = others.length === 0 ? new Map<string, Row>() : await this.#standing(others);
    return items.map((item) => () => {
      const id = keyOf(item.intent);
      const own = written.get(id);
      const row = standing.get(id);
      const record =
        own === undefined ? row && trackedRecordOf(row) : inserted(firsts.get(id), own);
      if (record === undefined) throw deletedMeanwhile();
      return { record, inserted: own !== undefined && firsts.get(id) === item };
    });
  }

  async #standing(items: readonly NewIntent[]): Promise<Map<string, Row>> {
    return rowsByKey(await this.#writer.standing(items));
  }
}

function rowsByKey(rows: readonly Row[]): Map<string, Row> {
  return new Map(
    rows.map((row) => [
      idOf(text(row, 'account'), text(row, 'kind'), text(row, 'request_id')),
      row,
    ]),
  );
}

function inserted(item: NewIntent | undefined, row: Row): TrackedRecord | undefined {
  if (item === undefined) return undefined;
  return newRecord(item.intent, date(row, 'created_at'), date(row, 'next_check_at'));
}

function keyOf({ account, kind, requestId }: TrackedKey): string {
  return idOf(account, kind, requestId);
}

/** No part has a NUL in it (`assertStorable`). */
function idOf(...parts: readonly string[]): string {
  return parts.join('\0');
}
