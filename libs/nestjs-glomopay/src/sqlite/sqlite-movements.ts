import { lend } from '../tracking/store/lend.js';
import type { ReceivedEvent } from '../tracking/store/inbox-event.js';
import { whole, type Row } from '../tracking/store/row.js';
import { changedValues, type ChangeColumns } from '../tracking/store/sql/change-columns.js';
import { intentCommits } from '../tracking/store/sql/intent-commits.js';
import { LINES_AT_ONCE } from '../tracking/store/sql/lines-at-once.js';
import type { LineColumns } from '../tracking/store/sql/line-columns.js';
import type {
  SettlementTransaction,
  SqlMovements,
  WindowPlace,
} from '../tracking/store/sql/sql-movements.js';
import { erasureIn } from './erasure.js';
import * as history from './history-statements.js';
import { insertEvent } from './insert-event.js';
import { insertIntent } from './insert-intent.js';
import { isolateRefused } from './isolate-refused.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteSql } from './sqlite-sql.js';
import * as others from './statements.js';

const statements = { ...others, ...history };

/** What a `SqliteTrackingStore` has of its own about movements. */
export class SqliteMovements<Database extends SqliteDatabase>
  extends SqliteSql<Database>
  implements SqlMovements<Database>
{
  readonly statements = statements;
  readonly recall = {
    look: async (): Promise<void> => void (await this.write(statements.recallMovements, [])),
  };
  readonly inserts = intentCommits(
    (items) =>
      this.connections.write((connection) =>
        isolateRefused(items, (item) => insertIntent(connection, item)),
      ),
    1,
  );

  /** The transaction has the database's one right to write: that is the lock. */
  settlement<T>(work: (transaction: SettlementTransaction<Database>) => Promise<T>): Promise<T> {
    return this.connections.transaction((connection) =>
      work({
        lock: async ({ account, kind, requestId }) => {
          const [row] = connection.rows(statements.findForSettlement, account, kind, requestId);
          return row && { row };
        },
        update: async (change, line, event) => {
          const row = updated(connection, change);
          if (row !== undefined) leaveBehind(connection, row, line, event);
          return row;
        },
        ...erasureIn(connection),
        lend: (use) => lend(connection.database, use),
      }),
    );
  }

  claimDue(account: string, limit: number, leaseMs: number): Promise<readonly Row[]> {
    return this.connections.write((connection) => {
      connection.rows(statements.recallMovements);
      const unreadable = connection.rows(statements.unreadableDue, account, limit);
      const claimed = connection
        .rows(statements.due, account, limit)
        .flatMap((row) => connection.rows(statements.claim, leaseMs, whole(row, 'id')));
      return [...claimed, ...unreadable];
    });
  }

  counts(account: string, kinds: string): Promise<readonly Row[]> {
    return this.read(statements.counts, [account, kinds, account, kinds]);
  }

  within(
    account: string,
    { since, kind, requestId, to }: WindowPlace,
    limit: number,
  ): Promise<readonly Row[]> {
    return this.read(statements.within, [account, to, since, account, kind, requestId, limit]);
  }

  purge(account: string, before: number, place: number): Promise<readonly Row[]> {
    return this.connections.write((connection) => {
      const of = [account, place] as const;
      const [edge] = connection.rows(statements.lineAt, ...of, before, LINES_AT_ONCE - 1);
      const last = edge === undefined ? before - 1 : whole(edge, 'at');
      const lines = connection.rows(statements.endedHistories, ...of, last, before);
      const movements = new Set(lines.map((line) => whole(line, 'movement')));
      for (const movement of movements) connection.rows(statements.forgetHistory, movement);
      return [{ purged: movements.size, place: edge === undefined ? null : last }];
    });
  }
}

function updated(
  connection: SqliteConnection<SqliteDatabase>,
  change: ChangeColumns,
): Row | undefined {
  return connection.rows(
    statements.updateRecord,
    ...changedValues(change),
    change.open ? change.next_check_ms : null,
    change.account,
    change.kind,
    change.request_id,
    change.version,
  )[0];
}

function leaveBehind(
  connection: SqliteConnection<SqliteDatabase>,
  row: Row,
  line: LineColumns | undefined,
  event: ReceivedEvent | undefined,
): void {
  if (line !== undefined) {
    const { from_state, witness, witness_id, note } = line;
    connection.rows(statements.writeLine, from_state, witness, witness_id, note, whole(row, 'id'));
  }
  if (event !== undefined) {
    insertEvent(connection, event);
  }
}
