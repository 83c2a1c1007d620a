import type { HandlerProgress, InboxState } from '../tracking/store/inbox-event.js';
import { onlyRow, optional, text, whole, type Row } from '../tracking/store/row.js';
import type { ConclusionColumns, EventClaim } from '../tracking/store/sql/conclusion-columns.js';
import {
  KEYS_AT_ONCE,
  type ForgottenKeys,
  type SqlEvents,
} from '../tracking/store/sql/sql-events.js';
import type { SqlQuery } from '../tracking/store/sql/sql.js';
import type { InboxQuery } from '../tracking/store/inbox-query.js';
import { eventInserts } from './event-inserts.js';
import * as statements from './inbox-statements.js';
import { PostgresSql } from './postgres-sql.js';
import type { PostgresLocks } from './postgres-store-options.js';
import { Recall } from '../tracking/store/sql/recall.js';
import * as rowLocks from './row-lock-statements.js';
import type { StoreAdapter } from './store-adapter.js';

/** What a `PostgresTrackingStore` has of its own about events. */
export class PostgresEvents<Tx> extends PostgresSql<Tx> implements SqlEvents<Tx> {
  readonly statements = statements;
  readonly inserts = eventInserts(this.write);
  readonly recall: Recall;

  constructor(adapter: StoreAdapter<Tx>, locks: PostgresLocks) {
    super(adapter);
    const { recallEvents } = locks === 'rows' ? rowLocks : statements;
    this.recall = new Recall(this.write, recallEvents);
  }

  bodyOf(row: Row): Buffer {
    return Buffer.from(text(row, 'body'), 'base64');
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

  async conclude(event: ConclusionColumns, handlers: readonly HandlerProgress[]): Promise<boolean> {
    const params = [JSON.stringify(event), JSON.stringify(handlers)];
    return (await this.write(statements.concludeEvent, params)).length > 0;
  }

  list(account: string, { states, objectId, before, limit }: InboxQuery): Promise<readonly Row[]> {
    const asked = [account, states.join(','), before, limit];
    return objectId === undefined
      ? this.read(statements.listEvents, asked)
      : this.read(statements.listObject, [...asked, objectId]);
  }

  async replay(account: string, id: string): Promise<boolean> {
    return (await this.write(statements.replayEvent, [account, id])).length > 0;
  }

  counts(account: string): Promise<readonly Row[]> {
    return this.read(statements.inboxCounts, [account]);
  }

  async purge(
    account: string,
    before: number,
    limit: number,
    states: readonly InboxState[],
  ): Promise<number> {
    const params = [account, before, limit, states.join(',')];
    const [row] = await this.write(statements.purgeEvents, params);
    return row === undefined ? 0 : whole(row, 'purged');
  }

  /** Hour by hour, each of them until nothing of it is left to be forgotten. */
  async forgetKeys(account: string, before: number, place: string): Promise<ForgottenKeys> {
    const params = [account, before, KEYS_AT_ONCE, Number(place)];
    const row = onlyRow(await this.write(statements.forgetKeys, params));
    const forgotten = whole(row, 'forgotten');
    return { forgotten, place: forgotten < KEYS_AT_ONCE ? optional(text, row, 'hour') : place };
  }
}
