import { whole, type Row } from '../tracking/store/row.js';
import { LINES_AT_ONCE } from '../tracking/store/sql/lines-at-once.js';
import { Recall } from '../tracking/store/sql/recall.js';
import type {
  SettlementTransaction,
  SqlMovements,
  WindowPlace,
} from '../tracking/store/sql/sql-movements.js';
import * as history from './history-statements.js';
import { intentInserts } from './intent-inserts.js';
import { MissingLockError, MysqlSettlement } from './mysql-settlement.js';
import { MysqlSql, type MysqlRun } from './mysql-sql.js';
import { placesFor } from './places.js';
import { recalled } from './recalled.js';
import * as others from './statements.js';

const statements = { ...others, ...history };

/** What a `MysqlTrackingStore` has of its own about movements. */
export class MysqlMovements<Tx> extends MysqlSql<Tx> implements SqlMovements<Tx> {
  readonly statements = statements;
  readonly inserts = intentInserts(this.run);
  readonly recall = new Recall(
    recalled(this.run, statements.isMovementRecallDue),
    statements.recallMovements,
  );

  async settlement<T>(work: (transaction: SettlementTransaction<Tx>) => Promise<T>): Promise<T> {
    const settled = () => this.transaction((transaction) => work(new MysqlSettlement(transaction)));
    try {
      return await settled();
    } catch (thrown) {
      if (!(thrown instanceof MissingLockError)) throw thrown;
      // By itself: others who wait for the row would fight for it if it were rolled back.
      await this.run(`${statements.insertLocks} (?, ?)`, [thrown.account, thrown.subjectId]);
    }
    return settled();
  }

  async claimDue(account: string, limit: number, leaseMs: number): Promise<readonly Row[]> {
    await this.recall.look();
    const claimed = await this.transaction(async ({ query, run }) => {
      const due = (await query(statements.due, [account, limit])).map((row) => whole(row, 'id'));
      if (due.length === 0) return [];
      await run(statements.claim(placesFor(due)), [leaseMs, ...due]);
      const rows = await query(statements.findByNumbers(placesFor(due)), due);
      const nth = new Map(due.map((id, index) => [id, index]));
      const placeOf = (row: Row): number => nth.get(whole(row, 'id')) ?? 0;
      return rows.toSorted((one, other) => placeOf(one) - placeOf(other));
    });
    const unreadable = await this.read(statements.unreadableDue, [account, limit]);
    return [...claimed, ...unreadable];
  }

  counts(account: string, kinds: string): Promise<readonly Row[]> {
    return this.read(statements.counts, [account, kinds, account, kinds]);
  }

  within(
    account: string,
    { since, kind, requestId, to }: WindowPlace,
    limit: number,
  ): Promise<readonly Row[]> {
    const asked = [account, since, to, since, account, kind, requestId, limit];
    return this.read(statements.within, asked);
  }

  purge(account: string, before: number, place: number): Promise<readonly Row[]> {
    return this.transaction(async ({ query, run }) => {
      const of = [account, place];
      const [edge] = await query(statements.lineAt, [...of, before, LINES_AT_ONCE - 1]);
      const last = edge === undefined ? before - 1 : whole(edge, 'at');
      const movements = await forgettable(run, [...of, last], before);
      if (movements.length > 0) {
        await run(statements.forgetHistory(placesFor(movements)), movements);
      }
      return [{ purged: movements.length, place: edge === undefined ? null : last }];
    });
  }
}

/** Whose lines may be forgotten of those up to the last one. */
async function forgettable(
  run: MysqlRun,
  lines: readonly (string | number)[],
  before: number,
): Promise<number[]> {
  const ended = await run(statements.endedHistories, [...lines, before]);
  const lost = await run(statements.lostHistories, lines);
  const found = [...ended.rows, ...lost.rows].map((row) => whole(row, 'movement'));
  return [...new Set(found)];
}
