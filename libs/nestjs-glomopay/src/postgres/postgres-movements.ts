import type { Row } from '../tracking/store/row.js';
import type { InsertedIntent, NewIntent } from '../tracking/store/sql/new-intent.js';
import type { SettlementTransaction, SqlMovements } from '../tracking/store/sql/sql-movements.js';
import { lineColumns } from '../tracking/store/sql/line-columns.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import { IntentInserts } from './intent-inserts.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { PostgresSql } from './postgres-sql.js';
import { Recall } from './recall.js';
import * as statements from './statements.js';

/** What a `PostgresTrackingStore` has of its own about movements. */
export class PostgresMovements<Tx> extends PostgresSql<Tx> implements SqlMovements<Tx> {
  readonly statements = statements;
  readonly #inserts = new IntentInserts(this.write);
  readonly #recall = new Recall(this.write, statements.recallMovements);

  settlement<T>(work: (transaction: SettlementTransaction<Tx>) => Promise<T>): Promise<T> {
    return this.transaction(({ query, lend }) =>
      work({
        lock: (key) => lockedRow(query, key),
        update: async (change) =>
          (await query(statements.updateRecord, [JSON.stringify(change)]))[0],
        note: async (key, line) => {
          await query(statements.noteHistory, [JSON.stringify(lineColumns(key, line))]);
        },
        put: async ({ account, id, body }) => {
          await query(statements.putEvent, [account, id, body.toString('base64')]);
        },
        lend,
      }),
    );
  }

  insert(item: NewIntent): Promise<InsertedIntent> {
    return this.#inserts.add(item);
  }

  async claimDue(account: string, limit: number, leaseMs: number): Promise<readonly Row[]> {
    await this.#recall.look();
    return this.write(statements.claimDue, [account, limit, leaseMs]);
  }

  counts(account: string, kinds: string): Promise<readonly Row[]> {
    return this.read(statements.counts, [account, kinds]);
  }

  async purge(account: string, before: number, limit: number): Promise<number> {
    return (await this.write(statements.purgeHistory, [account, before, limit])).length;
  }

  recall(): Promise<void> {
    return this.#recall.look();
  }

  idle(): Promise<void> {
    return this.#inserts.idle();
  }
}

async function lockedRow(
  query: PostgresQuery,
  { account, kind, requestId }: TrackedKey,
): Promise<Row | undefined> {
  const [lock] = await query(statements.lockSubject, [account, kind, requestId]);
  if (lock === undefined) return undefined;
  const [row] = await query(statements.lockRecord, [account, kind, requestId]);
  return row;
}
