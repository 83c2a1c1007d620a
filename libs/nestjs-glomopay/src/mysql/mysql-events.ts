import type { HandlerProgress, InboxState } from '../tracking/store/inbox-event.js';
import type { InboxQuery } from '../tracking/store/inbox-query.js';
import { text, whole, type Row } from '../tracking/store/row.js';
import { bytes } from '../tracking/store/sql/bytes.js';
import type { ConclusionColumns, EventClaim } from '../tracking/store/sql/conclusion-columns.js';
import { newestOf } from '../tracking/store/sql/newest-of.js';
import { Recall } from '../tracking/store/sql/recall.js';
import {
  KEYS_AT_ONCE,
  type ForgottenKeys,
  type SqlEvents,
} from '../tracking/store/sql/sql-events.js';
import type { SqlQuery } from '../tracking/store/sql/sql.js';
import { eventInserts } from './event-inserts.js';
import { assertFits } from './fits.js';
import * as statements from './inbox-statements.js';
import { isDuplicate } from './mysql-error.js';
import { MysqlSql } from './mysql-sql.js';
import { placesFor } from './places.js';
import { recalled } from './recalled.js';

/** What a `MysqlTrackingStore` has of its own about events. */
export class MysqlEvents<Tx> extends MysqlSql<Tx> implements SqlEvents<Tx> {
  readonly statements = statements;
  readonly inserts = eventInserts(this);
  readonly recall = new Recall(
    recalled(this.run, statements.isEventRecallDue),
    statements.recallEvents,
  );

  bodyOf(row: Row): Buffer {
    return bytes(row, 'body');
  }

  claim(account: string, id: string, leaseMs: number): Promise<Row | undefined> {
    return this.transaction(async ({ query, run }) => {
      const [row] = await query(statements.dueEvent, [account, id]);
      if (row === undefined) return undefined;
      await run(statements.claimEvent, [leaseMs, whole(row, 'seq')]);
      return { ...row, token: whole(row, 'token') + 1 };
    });
  }

  async markDone(
    query: SqlQuery,
    handler: string,
    { account, id, token }: EventClaim,
  ): Promise<boolean> {
    assertFits('event', { handler });
    const [lease] = await query(statements.shareLease, [account, id, token]);
    if (lease === undefined) return false;
    const key = [account, id, handler];
    try {
      await query(statements.firstDone, key);
      return true;
    } catch (thrown) {
      if (!isDuplicate(thrown)) throw thrown;
    }
    const [progress] = await query(statements.lookAtProgress, key);
    if (progress === undefined || text(progress, 'state') === 'done') return false;
    await query(statements.done, key);
    return true;
  }

  async conclude(
    { account, id, token, ...event }: ConclusionColumns,
    handlers: readonly HandlerProgress[],
  ): Promise<boolean> {
    for (const { handler } of handlers) assertFits('event', { handler });
    const { type, object_id: objectId, state, reason, next_try_ms: nextTryMs } = event;
    const own = [type, objectId, state, reason, nextTryMs, account, id, token];
    if (handlers.length === 0) return (await this.run(statements.concludeEvent, own)).affected > 0;
    return this.transaction(async ({ run }) => {
      if ((await run(statements.concludeEvent, own)).affected === 0) return false;
      const places = handlers.map(() => '(?, ?, ?, ?, ?, ?)').join(', ');
      await run(
        statements.writeProgress(places),
        handlers.flatMap((one) => [account, id, one.handler, one.state, one.tries, one.error]),
      );
      return true;
    });
  }

  /** Those of each state by the index, then the newest of all. */
  async list(
    account: string,
    { states, objectId, before, limit }: InboxQuery,
  ): Promise<readonly Row[]> {
    const lists: (readonly Row[])[] = [];
    for (const state of states) {
      lists.push(
        objectId === undefined
          ? await this.read(statements.listState, [account, state, before, limit])
          : await this.read(statements.listObject, [account, state, before, objectId, limit]),
      );
    }
    return newestOf(lists.flat(), limit);
  }

  replay(account: string, id: string): Promise<boolean> {
    return this.transaction(async ({ run }) => {
      if ((await run(statements.replayEvent, [account, id])).affected === 0) return false;
      await run(statements.replayProgress, [account, id]);
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
    return this.transaction(async ({ query, run }) => {
      const events: Row[] = [];
      for (const state of states) {
        const room = limit - events.length;
        events.push(...(await query(statements.purgeable, [account, state, before, room])));
      }
      if (events.length === 0) return 0;
      const numbers = events.map((row) => whole(row, 'seq'));
      const ids = events.map((row) => text(row, 'id'));
      await run(statements.purgeProgress(placesFor(ids)), [account, ...ids]);
      await run(statements.purgeEvents(placesFor(numbers)), numbers);
      return events.length;
    });
  }

  /** By the times of keys: what came in one batch is forgotten in one. */
  async forgetKeys(account: string, before: number, place: string): Promise<ForgottenKeys> {
    const after = Number(place);
    const asked = [account, after, before, KEYS_AT_ONCE - 1];
    const [edge] = await this.read(statements.keyAt, asked);
    const last = edge === undefined ? before - 1 : whole(edge, 'received_at');
    const found = await this.read(statements.forgettableKeys, [account, after, last]);
    const keys = found.map((row) => text(row, 'event_key'));
    if (keys.length > 0) {
      const places = keys.map(() => statements.forgottenKey).join(', ');
      await this.run(statements.forgetKeys(places), [account, ...keys]);
    }
    return { forgotten: keys.length, place: edge === undefined ? null : String(last) };
  }
}
