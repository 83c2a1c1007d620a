import type { ReceivedEvent } from '../tracking/store/inbox-event.js';
import { onlyRow, type Row } from '../tracking/store/row.js';
import type { ChangeColumns } from '../tracking/store/sql/change-columns.js';
import type { LineColumns } from '../tracking/store/sql/line-columns.js';
import type { InsertedIntent, NewIntent } from '../tracking/store/sql/new-intent.js';
import type {
  LockedRow,
  SettlementTransaction,
  SqlMovements,
  WindowPlace,
} from '../tracking/store/sql/sql-movements.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import { intentInserts } from './intent-inserts.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { PostgresSql } from './postgres-sql.js';
import { Recall } from '../tracking/store/sql/recall.js';
import * as history from './history-statements.js';
import * as settlement from './settlement-statements.js';
import * as others from './statements.js';

const statements = { ...others, ...settlement, ...history };

/** What a `PostgresTrackingStore` has of its own about movements. */
export class PostgresMovements<Tx> extends PostgresSql<Tx> implements SqlMovements<Tx> {
  readonly statements = statements;
  readonly #inserts = intentInserts(this.write);
  readonly #recall = new Recall(this.write, statements.recallMovements);

  settlement<T>(work: (transaction: SettlementTransaction<Tx>) => Promise<T>): Promise<T> {
    return this.transaction(({ query, lend }) =>
      work({
        lock: (key) => locked(query, key),
        update: (change, line, event) => updated(query, change, line, event),
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

  within(
    account: string,
    { since, kind, requestId, to }: WindowPlace,
    limit: number,
  ): Promise<readonly Row[]> {
    return this.read(statements.within, [account, since, kind, requestId, to, limit]);
  }

  purge(account: string, before: number, place: number): Promise<readonly Row[]> {
    return this.write(statements.purgeHistory, [account, before, place]);
  }

  recall(): Promise<void> {
    return this.#recall.look();
  }

  idle(): Promise<void> {
    return this.#inserts.idle();
  }
}

async function locked(
  query: PostgresQuery,
  { account, kind, requestId }: TrackedKey,
): Promise<LockedRow | undefined> {
  const key = [account, kind, requestId];
  const [row] = await query(statements.lock, key);
  if (row === undefined) return undefined;
  const again = async (): Promise<LockedRow> => ({
    row: onlyRow(await query(statements.look, key)),
  });
  return { row, again };
}

async function updated(
  query: PostgresQuery,
  change: ChangeColumns,
  line: LineColumns | undefined,
  event: ReceivedEvent | undefined,
): Promise<Row | undefined> {
  const statement =
    event === undefined && line === undefined
      ? statements.updateRecord
      : event === undefined
        ? statements.updateWithLine
        : statements.updateWithEvent;
  const columns = { ...change, ...line, ...(event === undefined ? {} : eventColumns(event)) };
  const [row] = await query(statement, [JSON.stringify(columns)]);
  return row;
}

function eventColumns({ account, id, body }: ReceivedEvent) {
  return { event_account: account, event_id: id, event_body: `\\x${body.toString('hex')}` };
}
