import { lend } from '../tracking/store/lend.js';
import type { HistoryLine } from '../tracking/store/history-line.js';
import { text, whole, type Row } from '../tracking/store/row.js';
import type { ChangeColumns } from '../tracking/store/sql/change-columns.js';
import { intentCommits } from '../tracking/store/sql/intent-commits.js';
import type { InsertedIntent, NewIntent } from '../tracking/store/sql/new-intent.js';
import { lineColumns } from '../tracking/store/sql/line-columns.js';
import type { TrackedKey } from '../tracking/store/tracked-record.js';
import type { SettlementTransaction, SqlMovements } from '../tracking/store/sql/sql-movements.js';
import { insertIntent } from './insert-intent.js';
import { isolateRefused } from './isolate-refused.js';
import type { SqliteConnection } from './sqlite-connection.js';
import type { SqliteConnections } from './sqlite-connections.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteSql } from './sqlite-sql.js';
import * as statements from './statements.js';

/** What a `SqliteTrackingStore` has of its own about movements. */
export class SqliteMovements<Database extends SqliteDatabase>
  extends SqliteSql<Database>
  implements SqlMovements<Database>
{
  readonly statements = statements;
  readonly #connections: SqliteConnections<Database>;
  readonly #inserts = intentCommits(
    (items) =>
      this.#connections.write((connection) =>
        isolateRefused(items, (item) => insertIntent(connection, item)),
      ),
    1,
  );

  constructor(connections: SqliteConnections<Database>) {
    super(connections);
    this.#connections = connections;
  }

  /** The transaction has the database's one right to write: that is the lock. */
  settlement<T>(work: (transaction: SettlementTransaction<Database>) => Promise<T>): Promise<T> {
    return this.#connections.transaction((connection) =>
      work({
        lock: async ({ account, kind, requestId }) =>
          connection.rows(statements.findForSettlement, account, kind, requestId)[0],
        update: async (change) => updated(connection, change),
        note: async (key, line) => noteLine(connection, key, line),
        put: async ({ account, id, body }) => {
          connection.rows(statements.putEvent, account, id, body);
        },
        lend: (use) => lend(connection.database, use),
      }),
    );
  }

  insert(item: NewIntent): Promise<InsertedIntent> {
    return this.#inserts.add(item);
  }

  claimDue(account: string, limit: number, leaseMs: number): Promise<readonly Row[]> {
    return this.#connections.write((connection) => {
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

  purge(account: string, before: number, limit: number): Promise<number> {
    return this.#connections.write((connection) => {
      const old = connection.rows(statements.oldHistories, account, before, limit);
      for (const row of old) {
        connection.rows(
          statements.forgetHistory,
          account,
          text(row, 'kind'),
          text(row, 'request_id'),
        );
      }
      return old.length;
    });
  }

  async recall(): Promise<void> {
    await this.write(statements.recallMovements, []);
  }

  idle(): Promise<void> {
    return this.#inserts.idle();
  }
}

function updated(
  connection: SqliteConnection<SqliteDatabase>,
  change: ChangeColumns,
): Row | undefined {
  return connection.rows(
    statements.updateRecord,
    change.state,
    change.reason,
    change.object_id,
    change.gateway_status,
    change.compliance_status,
    Number(change.funds_available),
    change.error_code,
    change.error_description,
    change.resolution,
    change.resolved_by,
    change.resolution_note,
    Number(change.needs_person),
    change.open ? change.next_check_ms : null,
    change.account,
    change.kind,
    change.request_id,
    change.version,
  )[0];
}

function noteLine(
  connection: SqliteConnection<SqliteDatabase>,
  key: TrackedKey,
  line: HistoryLine,
): void {
  connection.rows(statements.noteHistory, ...Object.values(lineColumns(key, line)));
}
