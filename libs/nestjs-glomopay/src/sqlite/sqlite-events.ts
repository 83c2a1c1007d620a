import type { HandlerProgress, InboxState } from '../tracking/store/inbox-event.js';
import { text, type Row } from '../tracking/store/row.js';
import type { ConclusionColumns, EventClaim } from '../tracking/store/sql/conclusion-columns.js';
import { eventCommits } from '../tracking/store/sql/event-commits.js';
import {
  KEYS_AT_ONCE,
  type ForgottenKeys,
  type SqlEvents,
} from '../tracking/store/sql/sql-events.js';
import type { SqlQuery } from '../tracking/store/sql/sql.js';
import { newestOf } from '../tracking/store/sql/newest-of.js';
import type { InboxQuery } from '../tracking/store/inbox-query.js';
import { bytes } from '../tracking/store/sql/bytes.js';
import * as statements from './inbox-statements.js';
import { insertEvent } from './insert-event.js';
import { isolateRefused } from './isolate-refused.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { SqliteSql } from './sqlite-sql.js';

/** After every key, which is hex. */
const LAST_KEY = 'g';

/** What a `SqliteTrackingStore` has of its own about events. */
export class SqliteEvents<Database extends SqliteDatabase>
  extends SqliteSql<Database>
  implements SqlEvents<Database>
{
  readonly statements = statements;
  /** Takes the lock for writing only when there is anything to call back. */
  readonly recall = {
    look: async (): Promise<void> => {
      const due = await this.read(statements.isRecallDue, []);
      if (due.length > 0) await this.write(statements.recallEvents, []);
    },
  };
  readonly inserts = eventCommits(
    (events) =>
      this.connections.write((connection) =>
        isolateRefused(events, (event) => insertEvent(connection, event)),
      ),
    1,
  );

  bodyOf(row: Row): Buffer {
    return bytes(row, 'body');
  }

  async claim(account: string, id: string, leaseMs: number): Promise<Row | undefined> {
    return (await this.write(statements.claimEvent, [leaseMs, account, id]))[0];
  }

  async markDone(
    query: SqlQuery,
    handler: string,
    { account, id, token }: EventClaim,
  ): Promise<boolean> {
    return (await query(statements.markDone, [handler, account, id, token])).length > 0;
  }

  conclude(
    { account, id, token, ...event }: ConclusionColumns,
    handlers: readonly HandlerProgress[],
  ): Promise<boolean> {
    const { type, object_id: objectId, state, reason, next_try_ms: nextTryMs } = event;
    const own = [type, objectId, state, reason, nextTryMs];
    return this.connections.write((connection) => {
      const [row] = connection.rows(statements.concludeEvent, ...own, account, id, token);
      if (row === undefined) return false;
      for (const { handler, state: reached, tries, error } of handlers) {
        connection.rows(statements.writeProgress, account, id, handler, reached, tries, error);
      }
      return true;
    });
  }

  /** Those of each state by the index, then the newest of all. */
  list(account: string, { states, objectId, before, limit }: InboxQuery): Promise<readonly Row[]> {
    return this.connections.read((connection) =>
      newestOf(
        states.flatMap((state) =>
          objectId === undefined
            ? connection.rows(statements.listState, account, state, before, limit)
            : connection.rows(statements.listObject, account, state, before, objectId, limit),
        ),
        limit,
      ),
    );
  }

  replay(account: string, id: string): Promise<boolean> {
    return this.connections.write((connection) => {
      if (connection.rows(statements.replayEvent, account, id).length === 0) return false;
      connection.rows(statements.replayProgress, account, id);
      return true;
    });
  }

  counts(account: string): Promise<readonly Row[]> {
    return this.read(statements.inboxCounts, [account, account, account]);
  }

  purge(
    account: string,
    before: number,
    limit: number,
    states: readonly InboxState[],
  ): Promise<number> {
    return this.connections.write((connection) => {
      const events = states
        .flatMap((state) => connection.rows(statements.purgeable, account, state, before, limit))
        .slice(0, limit);
      for (const { seq, id } of events) {
        connection.rows(statements.keepKey, Number(seq));
        connection.rows(statements.purgeEvent, Number(seq));
        connection.rows(statements.purgeProgress, account, String(id));
      }
      return events.length;
    });
  }

  forgetKeys(account: string, before: number, place: string): Promise<ForgottenKeys> {
    return this.connections.write((connection) => {
      const [edge] = connection.rows(statements.keyAt, account, place, KEYS_AT_ONCE - 1);
      const last = edge === undefined ? LAST_KEY : text(edge, 'key');
      const old = [account, before] as const;
      const range = [account, place, last, before] as const;
      const forgotten = connection.rows(statements.forgetKeys, ...range, ...old, ...old).length;
      return { forgotten, place: edge === undefined ? null : last };
    });
  }
}
