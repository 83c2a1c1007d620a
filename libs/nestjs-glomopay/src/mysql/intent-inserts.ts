import { text, whole, type Row } from '../tracking/store/row.js';
import type { Inserts } from '../tracking/store/sql/inserts.js';
import { IntentInserts } from '../tracking/store/sql/intent-inserts.js';
import {
  intentsJson,
  type InsertedIntent,
  type NewIntent,
} from '../tracking/store/sql/new-intent.js';
import { assertFits } from './fits.js';
import { blamesRow, isDuplicate } from './mysql-error.js';
import type { MysqlRun } from './mysql-sql.js';
import type { MysqlValue } from './literal.js';
import { ROOM } from './schema.js';
import { insertIntents, insertLocks, lookAt } from './statements.js';

const TRIES = 8;

/** Writes intents that arrive together in one statement, so that they share one wait for the disk. */
export function intentInserts(run: MysqlRun): Inserts<NewIntent, InsertedIntent> {
  const inserts = new IntentInserts({
    write: (items) => written(run, items, TRIES),
    standing: async (items) => (await run(lookAt, [intentsJson(items)])).rows,
    blamesRow,
  });
  return {
    add: async (item) => {
      const { account, requestId, subjectId } = item.intent;
      assertFits('intent', { requestId, subjectId });
      assertFits('intent', { account }, ROOM.account);
      return inserts.add(item);
    },
    idle: () => inserts.idle(),
  };
}

/**
 * Looks first, without a lock, and writes only what is not there: an `INSERT` of a key that is there would
 * wait for a settlement that has the record locked.
 */
async function written(
  run: MysqlRun,
  items: readonly NewIntent[],
  tries: number,
): Promise<readonly Row[]> {
  const { rows } = await run(lookAt, [intentsJson(items)]);
  const missing = new Map(
    rows.flatMap((row) => (row['id'] === null ? [[askedId(row), row] as const] : [])),
  );
  const news = items.filter((item) => missing.has(idOf(item)));
  if (news.length === 0) return [];
  await makeLocks(run, news, missing);
  const now = Math.max(...[...missing.values()].map((row) => whole(row, 'now_ms')));
  const values = news.flatMap((item) => valuesOf(item, now));
  const places = news.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
  try {
    await run(insertIntents + places, values);
  } catch (thrown) {
    if (!isDuplicate(thrown) || tries === 1) throw thrown;
    return written(run, items, tries - 1);
  }
  return news.map(({ intent, nextCheckMs }) => ({
    account: intent.account,
    kind: intent.kind,
    request_id: intent.requestId,
    created_at: now,
    next_check_at: now + nextCheckMs,
  }));
}

/** So that the first settlement of a subject finds what it locks. */
async function makeLocks(
  run: MysqlRun,
  news: readonly NewIntent[],
  missing: ReadonlyMap<string, Row>,
): Promise<void> {
  const subjects = new Map<string, readonly [string, string]>();
  for (const item of news) {
    const { account, subjectId } = item.intent;
    const row = missing.get(idOf(item));
    if (subjectId === null || row === undefined || whole(row, 'has_lock') === 1) continue;
    subjects.set(`${account}\0${subjectId}`, [account, subjectId]);
  }
  if (subjects.size === 0) return;
  const sorted = [...subjects].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const places = sorted.map(() => '(?, ?)').join(', ');
  await run(
    insertLocks + places,
    sorted.flatMap(([, key]) => key),
  );
}

function valuesOf({ intent, nextCheckMs }: NewIntent, now: number): readonly MysqlValue[] {
  const { account, kind, requestId, reference, subjectId, exclusive, amount, currency } = intent;
  const own = [account, kind, requestId, reference, subjectId, Number(exclusive), amount, currency];
  return [...own, now, now, now, now + nextCheckMs];
}

function idOf({ intent: { account, kind, requestId } }: NewIntent): string {
  return [account, kind, requestId].join('\0');
}

function askedId(row: Row): string {
  return ['asked_account', 'asked_kind', 'asked_request_id']
    .map((column) => text(row, column))
    .join('\0');
}
