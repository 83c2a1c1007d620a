import type { HandlerProgress, ReceivedEvent } from '../tracking/store/inbox-event.js';
import type { Patience } from '../tracking/store/patience.js';
import { text, whole, type Row } from '../tracking/store/row.js';
import type { ConclusionColumns, EventClaim } from '../tracking/store/sql/conclusion-columns.js';
import type { SqlQuery } from '../tracking/store/sql/sql.js';
import type { SqlEvents } from '../tracking/store/sql/sql-events.js';
import type { InboxQuery } from '../tracking/store/inbox-query.js';
import { eventInserts } from './event-inserts.js';
import * as statements from './inbox-statements.js';
import { PostgresSql } from './postgres-sql.js';
import { Recall } from '../tracking/store/sql/recall.js';

/** What a `PostgresTrackingStore` has of its own about events. */
export class PostgresEvents<Tx> extends PostgresSql<Tx> implements SqlEvents<Tx> {
  readonly statements = statements;
  readonly #inserts = eventInserts(this.write);
  readonly #recall = new Recall(this.write, statements.recallEvents);

  insert(event: ReceivedEvent, patience?: Patience): Promise<boolean> {
    return this.#inserts.add(event, patience);
  }

  idle(): Promise<void> {
    return this.#inserts.idle();
  }

  recall(): Promise<void> {
    return this.#recall.look();
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

  async purge(account: string, before: number, limit: number): Promise<number> {
    const [row] = await this.write(statements.purgeEvents, [account, before, limit]);
    return row === undefined ? 0 : whole(row, 'purged');
  }
}
