import { newRecord } from '../tracking/store/new-record.js';
import { date, text, type Row } from '../tracking/store/row.js';
import { intentCommits } from '../tracking/store/sql/intent-commits.js';
import {
  deletedMeanwhile,
  type InsertedIntent,
  type NewIntent,
} from '../tracking/store/sql/new-intent.js';
import type { TrackedKey, TrackedRecord } from '../tracking/store/tracked-record.js';
import { trackedRecordOf } from '../tracking/store/tracked-row.js';
import { isolateRefused } from './isolate-refused.js';
import { inKeyOrder, firstOfEach } from './first-of-each.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { findMany, insertIntents } from './statements.js';

/** Writes intents that arrive together in one statement, so that they share one wait for the disk. */
export class IntentInserts {
  readonly #query: PostgresQuery;
  readonly #commits = intentCommits(
    (items) => isolateRefused(items, (some) => this.#insert(some)),
    2,
  );

  constructor(query: PostgresQuery) {
    this.#query = query;
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
    const written = await this.#writeRows(inKeyOrder(firsts));
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

  /** The rows that are new, by key. */
  async #writeRows(items: readonly NewIntent[]): Promise<Map<string, Row>> {
    const rows = await this.#query(insertIntents, [JSON.stringify(items.map(toRow))]);
    return rowsByKey(rows);
  }

  async #standing(items: readonly NewIntent[]): Promise<Map<string, Row>> {
    return rowsByKey(await this.#query(findMany, [JSON.stringify(items.map(toRow))]));
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

function toRow({ intent, nextCheckMs }: NewIntent): object {
  return {
    account: intent.account,
    kind: intent.kind,
    request_id: intent.requestId,
    reference: intent.reference,
    subject_id: intent.subjectId,
    exclusive: intent.exclusive,
    amount: intent.amount,
    currency: intent.currency,
    next_check_ms: nextCheckMs,
  };
}

function keyOf({ account, kind, requestId }: TrackedKey): string {
  return idOf(account, kind, requestId);
}

/** No part has a NUL in it (`assertStorable`). */
function idOf(...parts: readonly string[]): string {
  return parts.join('\0');
}
