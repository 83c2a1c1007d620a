import type { Row } from '../tracking/store/row.js';
import type { InsertedIntent, NewIntent } from '../tracking/store/sql/new-intent.js';
import type { SettlementTransaction, SqlPayments } from '../tracking/store/sql/sql-payments.js';
import { IntentInserts } from './intent-inserts.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { PostgresSql } from './postgres-sql.js';
import { Recall } from './recall.js';
import * as statements from './statements.js';

/** What a `PostgresTrackingStore` has of its own about payments. */
export class PostgresPayments<Tx> extends PostgresSql<Tx> implements SqlPayments<Tx> {
  readonly statements = statements;
  readonly #inserts = new IntentInserts(this.write);
  readonly #recall = new Recall(this.write, statements.recallPayments);

  settlement<T>(work: (transaction: SettlementTransaction<Tx>) => Promise<T>): Promise<T> {
    return this.transaction(({ query, lend }) =>
      work({
        lock: (account, requestId) => lockedRow(query, account, requestId),
        update: async (change) =>
          (await query(statements.updateRecord, [JSON.stringify(change)]))[0],
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

  findByOrder(account: string, payinId: string): Promise<readonly Row[]> {
    return this.read(statements.findByOrder, [account, payinId]);
  }

  counts(account: string): Promise<readonly Row[]> {
    return this.read(statements.counts, [account]);
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
  account: string,
  requestId: string,
): Promise<Row | undefined> {
  const [lock] = await query(statements.lockOrder, [account, requestId]);
  if (lock === undefined) return undefined;
  const [row] = await query(statements.lockRecord, [account, requestId]);
  return row;
}
