import type { ReceivedEvent } from '../tracking/store/inbox-event.js';
import { onlyRow, type Row } from '../tracking/store/row.js';
import type { ChangeColumns } from '../tracking/store/sql/change-columns.js';
import type { LineColumns } from '../tracking/store/sql/line-columns.js';
import type {
  LockedRow,
  MovementStatements,
  SettlementTransaction,
  SqlMovements,
  WindowPlace,
} from '../tracking/store/sql/sql-movements.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import { erasureIn } from './erasure.js';
import { intentInserts } from './intent-inserts.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { PostgresSql } from './postgres-sql.js';
import type { PostgresLocks } from './postgres-store-options.js';
import { Recall } from '../tracking/store/sql/recall.js';
import * as history from './history-statements.js';
import * as rowLocks from './row-lock-statements.js';
import * as settlement from './settlement-statements.js';
import * as others from './statements.js';
import type { StoreAdapter } from './store-adapter.js';

interface Statements extends MovementStatements {
  readonly claimDue: string;
  readonly counts: string;
  readonly within: string;
  readonly purgeHistory: string;
  readonly recallMovements: string;
  readonly lock: string;
  readonly look: string;
  readonly updateRecord: string;
  readonly updateWithLine: string;
  readonly updateWithEvent: string;
  /** Where a settlement that has changed nothing leaves a lock behind. */
  readonly unlock?: string;
}

const byAdvisoryLocks: Statements = { ...others, ...settlement, ...history };
const byRows: Statements = { ...byAdvisoryLocks, ...rowLocks };

/** What a `PostgresTrackingStore` has of its own about movements. */
export class PostgresMovements<Tx> extends PostgresSql<Tx> implements SqlMovements<Tx> {
  readonly statements: Statements;
  readonly inserts = intentInserts(this.write);
  readonly recall: Recall;

  constructor(adapter: StoreAdapter<Tx>, locks: PostgresLocks) {
    super(adapter);
    this.statements = locks === 'rows' ? byRows : byAdvisoryLocks;
    this.recall = new Recall(this.write, this.statements.recallMovements);
  }

  settlement<T>(work: (transaction: SettlementTransaction<Tx>) => Promise<T>): Promise<T> {
    const { statements } = this;
    return this.transaction(async ({ query, lend }) => {
      let held: TrackedKey | undefined;
      const result = await work({
        lock(key) {
          held = key;
          return locked(query, statements, key);
        },
        async update(...change) {
          const row = await updated(query, statements, ...change);
          if (row !== undefined) held = undefined;
          return row;
        },
        ...erasureIn(query),
        lend,
      });
      if (held !== undefined && statements.unlock !== undefined) {
        await query(statements.unlock, partsOf(held));
      }
      return result;
    });
  }

  async claimDue(account: string, limit: number, leaseMs: number): Promise<readonly Row[]> {
    await this.recall.look();
    return this.write(this.statements.claimDue, [account, limit, leaseMs]);
  }

  counts(account: string, kinds: string): Promise<readonly Row[]> {
    return this.read(this.statements.counts, [account, kinds]);
  }

  within(
    account: string,
    { since, kind, requestId, to }: WindowPlace,
    limit: number,
  ): Promise<readonly Row[]> {
    return this.read(this.statements.within, [account, since, kind, requestId, to, limit]);
  }

  purge(account: string, before: number, place: number): Promise<readonly Row[]> {
    return this.write(this.statements.purgeHistory, [account, before, place]);
  }
}

async function locked(
  query: PostgresQuery,
  statements: Statements,
  of: TrackedKey,
): Promise<LockedRow | undefined> {
  const key = partsOf(of);
  const [row] = await query(statements.lock, key);
  if (row === undefined) return undefined;
  const again = async (): Promise<LockedRow> => ({
    row: onlyRow(await query(statements.look, key)),
  });
  return { row, again };
}

function partsOf({ account, kind, requestId }: TrackedKey): readonly string[] {
  return [account, kind, requestId];
}

async function updated(
  query: PostgresQuery,
  statements: Statements,
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
