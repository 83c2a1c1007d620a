import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPool, type Pool, type PoolConnection } from 'mysql2/promise';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
} from '../../test/mysql-database.js';
import { fourProcessesWork, keysOfKilledProcess } from '../../test/storage-processes.js';
import { aKey, anIntent, aSettlement, upTo } from '../testing/contract/harness.js';
import { anEvent, claimed, concluded } from '../testing/contract/inbox-harness.js';
import type { Surroundings } from '../tracking/store/tracked-record.js';
import * as erasure from './erasure-statements.js';
import * as history from './history-statements.js';
import * as inbox from './inbox-statements.js';
import { withValues, type MysqlValue } from './literal.js';
import { mysql2Adapter } from './mysql2.adapter.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';
import * as settlement from './settlement-statements.js';
import * as statements from './statements.js';

const HOUR_MS = 3_600_000;
const suite = (await isMysqlThere()) ? describe : describe.skip;

suite(`MysqlTrackingStore (${mysqlPlace})`, () => {
  let database: MysqlDatabase;
  let pool: Pool;
  let store: MysqlTrackingStore<PoolConnection>;
  beforeEach(async () => {
    database = await aMysqlDatabase();
    pool = createPool({ ...database.place, connectionLimit: 4 });
    store = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(pool));
    await store.migrate();
  });
  afterEach(async () => {
    await store.close();
    await pool.end();
    await database.drop();
  });

  it('takes ids that a collation takes for one for what they are', async () => {
    const requestIds = ['r', 'r ', 'R', 'ŕ', 'r\t', '👍', '👎', ''];
    for (const requestId of requestIds) {
      const subjectId = `order_${requestId}`;
      expect((await store.insert(anIntent({ requestId, subjectId }), 0)).inserted).toBe(true);
    }
    for (const requestId of requestIds) {
      expect((await store.find(aKey(requestId)))?.requestId).toBe(requestId);
      expect(await store.findBySubject('default', `order_${requestId}`)).toHaveLength(1);
    }
  });

  it('refuses a text that has no room, whatever the session would make of it', async () => {
    const long = 'é'.repeat(513);
    for (const over of [{ requestId: long }, { subjectId: long }, { account: long }]) {
      await expect(store.insert(anIntent(over), 0)).rejects.toMatchObject({
        code: 'GLOMOPAY_VALIDATION',
      });
    }
    await store.insert(anIntent({ requestId: 'é'.repeat(512) }), 0);
    await store.insert(anIntent(), 0);
    const claimsTooMuch = aSettlement({ state: 'attempted', objectId: long });
    await expect(store.settle(aKey(), claimsTooMuch)).rejects.toThrow('1024 bytes');
    expect((await store.find(aKey()))?.state).toBe('created');
  });

  it('keeps a body of 1 MiB of any bytes', async () => {
    const body = Buffer.from(upTo(1_048_576).map((n) => (n * 7) % 256));
    await store.inbox.insert(anEvent(body));
    expect((await store.inbox.body(anEvent(body)))?.equals(body)).toBe(true);
  });

  it('refuses exactly the row that the database refuses', async () => {
    await database.host
      .query(`CREATE TRIGGER refuse BEFORE INSERT ON glomopay_movements FOR EACH ROW
      IF NEW.reference = 'bad' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused by the host';
      END IF`);
    const results = await Promise.allSettled(
      upTo(30).map((n) =>
        store.insert(anIntent({ requestId: `${n}`, reference: n % 20 === 4 ? 'bad' : 'good' }), 0),
      ),
    );
    expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([4, 24]);
    expect(await store.findBySubject('default', 'order_1')).toHaveLength(28);
  });

  it('lets intents, claims and reschedules of an order go on while a handler of it runs', async () => {
    await store.insert(anIntent(), -1_000);
    await store.insert(anIntent({ requestId: 'sibling' }), -1_000);
    const done: string[] = [];
    const effect = async () => {
      await store.insert(anIntent({ requestId: 'new' }), HOUR_MS);
      await store.insert(anIntent(), HOUR_MS);
      done.push('inserted');
      await store.reschedule(aKey('sibling'), -1_000);
      done.push('rescheduled');
      done.push(...(await store.claimDue('default', 9, HOUR_MS)).map((one) => one.requestId));
    };
    await store.settle(aKey(), aSettlement({ state: 'succeeded' }, { effect }));
    expect(done).toEqual(['inserted', 'rescheduled', 'sibling']);
  });

  it('settles a movement whose subject has no row to lock it by', async () => {
    await store.insert(anIntent(), 0);
    await database.host.query('DELETE FROM glomopay_locks');
    const settled = await store.settle(aKey(), aSettlement({ state: 'succeeded' }));
    expect(settled?.after.state).toBe('succeeded');
    expect(await database.rows('SELECT * FROM glomopay_locks')).toHaveLength(1);
  });

  it('sees what of the order has succeeded while somebody else has it locked', async () => {
    for (const requestId of ['paid', 'next']) {
      await store.insert(anIntent({ requestId, exclusive: false, amount: 700 }), 0);
    }
    await store.settle(aKey('paid'), aSettlement({ state: 'succeeded' }));
    const other = await database.host.getConnection();
    await other.query('START TRANSACTION');
    await other.query(`SELECT * FROM glomopay_movements
      WHERE account = 'default' AND kind = 'payment' AND request_id = 'paid' FOR UPDATE`);
    const seen: Surroundings[] = [];
    const decide = (_record: unknown, around: Surroundings): undefined => void seen.push(around);
    await store.settle(aKey('next'), aSettlement({ state: 'failed' }, { decide }));
    await other.query('ROLLBACK');
    other.release();
    expect(seen).toEqual([{ paidAlready: false, succeeded: { count: 1, amount: 700 } }]);
  });

  it('lets no order be paid twice even by a fault of ours', async () => {
    for (const requestId of ['one', 'two']) await store.insert(anIntent({ requestId }), 0);
    await store.settle(aKey('one'), aSettlement({ state: 'succeeded' }));
    const second = store.settle(aKey('two'), aSettlement({ state: 'succeeded' }));
    await expect(second).rejects.toMatchObject({ errno: 1062 });
    expect((await store.find(aKey('two')))?.state).toBe('created');
  });

  it.each([
    ['COMMIT', 'COMMIT'],
    ['CREATE', 'CREATE TABLE other (a INTEGER)'],
    ['ROLLBACK', 'ROLLBACK'],
  ])('does not take for recorded what a handler has ended with %s', async (_, statement) => {
    await store.insert(anIntent(), 0);
    const effect = async (_before: unknown, _after: unknown, tx: unknown) => {
      const query: unknown = Reflect.get(Object(tx), 'query');
      if (typeof query === 'function') await query(statement);
    };
    const settling = store.settle(aKey(), aSettlement({ state: 'succeeded' }, { effect }));
    await expect(settling).rejects.toThrow('transaction ended while the handler had it');
  });

  it('does not join a transaction that the host has left open on a connection of the pool', async () => {
    const own = createPool({ ...database.place, connectionLimit: 1 });
    const leaving = await own.getConnection();
    await leaving.query('SET autocommit = 0');
    await leaving.query("INSERT INTO `lines` VALUES ('of the host')");
    leaving.release();
    const other = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(own));
    await other.insert(anIntent(), 0);
    await own.end();
    expect(await store.find(aKey())).toBeDefined();
    expect(await database.lines()).toEqual([]);
  });

  it('has what waits due now when the clock of the server is set back', async () => {
    await concluded(store.inbox, anEvent(), { state: 'open', nextTryMs: 1_000 });
    await store.inbox.insert(anEvent('leased'));
    await claimed(store.inbox, anEvent('leased'), HOUR_MS);
    await store.insert(anIntent(), 10 * 60_000);
    // The clock cannot be moved, so everything that was written is: it comes to the same.
    for (const [table, next] of [
      ['glomopay_events', 'next_try_at'],
      ['glomopay_movements', 'next_check_at'],
    ]) {
      await database.host.query(`UPDATE ${table} SET ${next} = ${next} + 7200000,
        scheduled_at = scheduled_at + 7200000`);
    }
    expect(await store.inbox.accountsDue()).toEqual(['default']);
    expect(await store.inbox.due('default', 10)).toEqual([anEvent().id]);
    expect(await store.claimDue('default', 10, 60_000)).toHaveLength(1);
    expect(await store.claimDue('default', 10, 60_000)).toEqual([]);
  });

  it('names what is due of more accounts than a recursion of the server has steps', async () => {
    const accounts = upTo(1_200).map((n) => `merchant_${n}`);
    await Promise.all(
      accounts.flatMap((account) => [
        store.insert(anIntent({ account }), -1_000),
        store.inbox.insert({ ...anEvent(account), account }),
      ]),
    );
    await store.insert(anIntent({ account: 'not yet' }), HOUR_MS);
    expect((await store.accountsDue()).toSorted()).toEqual(accounts.toSorted());
    expect((await store.inbox.accountsDue()).toSorted()).toEqual(accounts.toSorted());
  });

  it('uses an index for every statement', async () => {
    await Promise.all(
      upTo(2_000).map((n) =>
        store.insert(anIntent({ requestId: `${n}`, subjectId: `order_${n % 500}` }), n * 1_000),
      ),
    );
    const events = upTo(500).map((n) => anEvent(`${n}`));
    await Promise.all(events.map((event) => store.inbox.insert(event)));
    await database.host.query(`
      INSERT INTO glomopay_event_handlers SELECT account, id, 'Shop.ship', 'done', 0, NULL
      FROM glomopay_events;
      INSERT INTO glomopay_history (movement, version, account, at, to_state, witness)
      SELECT id, 2, account, created_at + id, 'attempted', 'sweep' FROM glomopay_movements;
      ANALYZE TABLE glomopay_movements, glomopay_events, glomopay_event_handlers, glomopay_history, glomopay_event_keys`);
    const key = ['default', 'payment', '5'];
    const kinds = '["payment"]';
    const now = Date.now();
    const json = JSON.stringify([
      { account: 'default', kind: 'payment', request_id: '5', subject_id: 'order_5' },
    ]);
    const event = ['default', events[0]?.id ?? ''];
    const ids = JSON.stringify([event[1]]);
    const asked: [string, readonly MysqlValue[]][] = [
      [statements.lookAt, [json]],
      [statements.findByKey, key],
      [statements.findByObject, ['default', 'payt_5']],
      [statements.findBySubject, ['default', 'order_5']],
      [statements.due, ['default', 10]],
      [statements.unreadableDue, ['default', 10]],
      [statements.accountsWithMovements, []],
      [statements.accountsLeft, []],
      [statements.reschedule, [1_000, ...key]],
      [statements.counts, ['default', kinds, 'default', kinds]],
      [statements.needingAttention, ['default', kinds, 10]],
      [statements.isMovementRecallDue, []],
      [settlement.holdSubject, ['default', ...key]],
      [settlement.lockRecord, key],
      [history.history, key],
      [history.within, ['default', now - 9_000, now, now - 9_000, ...key, 10]],
      [history.lineAt, ['default', 0, now, 10]],
      [history.endedHistories, ['default', 0, now, now]],
      [history.lostHistories, ['default', 0, now]],
      [inbox.insertKeys(inbox.isEvent), event],
      [inbox.knownKeys(inbox.isKeyOf), event],
      [inbox.dueEvent, event],
      [inbox.dueEvents, ['default', 10]],
      [inbox.accountsWithEvents, []],
      [inbox.accountsWithParked, []],
      [inbox.accountsWithHandled, [now]],
      [history.accountsWithHistory, [now]],
      [inbox.shareLease, [...event, 1]],
      [inbox.findEvent, event],
      [inbox.findProgress, ['default', ids]],
      [inbox.listState, ['default', 'open', now, 10]],
      [inbox.listObject, ['default', 'open', now, 'payt_1', 10]],
      [inbox.unknownEvents, ['default', now]],
      [inbox.purgeable, ['default', 'handled', now, 10]],
      [inbox.keyAt, ['default', 0, now, 10]],
      [inbox.forgettableKeys, ['default', 0, now]],
      [inbox.forgetKeys(inbox.forgottenKey), ['default', 'ab'.repeat(16)]],
      [erasure.eventsById('?'), event],
      [erasure.eventsByObject('?'), ['default', 'payt_5']],
      [erasure.forgetEvents('?'), event],
      [erasure.eraseLines, [6]],
      [statements.findByReference, ['default', 'cart 5', 'default', 'cart 5', 10]],
      [inbox.inboxCounts, ['default', 'default', 'default']],
      [inbox.isEventRecallDue, []],
    ];
    const scans: unknown[] = [];
    for (const [statement, values] of asked) {
      for (const row of await database.rows(
        `EXPLAIN FORMAT=TRADITIONAL ${withValues(statement, values)}`,
      )) {
        const isOurs = /^(?:[a-z]|glomopay_.*)$/.test(String(row['table'] ?? '<'));
        const isList = String(row['Extra']).includes('Table function');
        // MySQL has a row of its own for the table that is written.
        const isRead = row['select_type'] !== 'INSERT';
        if (isOurs && isRead && !isList && row['type'] === 'ALL') scans.push([statement, row]);
      }
    }
    expect(scans).toEqual([]);
  });

  it('asks which accounts have work or something left without reading their rows', async () => {
    const many = `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 900)`;
    const account = `CONCAT('shop-', n % 3)`;
    const { host } = database;
    await host.query(`INSERT INTO glomopay_movements (account, kind, request_id, reference, exclusive,
        amount, currency, needs_person, created_at, updated_at, next_check_at)
      ${many} SELECT ${account}, 'payment', n, n, 0, 1, 'USD', n % 3 = 1, n, n,
        IF(n % 3 = 2, 1, NULL) FROM n`);
    await host.query(`INSERT INTO glomopay_history (movement, version, account, at, to_state, witness)
      SELECT id, 1, account, created_at, 'failed', 'sweep' FROM glomopay_movements`);
    await host.query(`INSERT INTO glomopay_events (account, id, received_at, state, next_try_at, body)
      ${many} SELECT ${account}, n, n, ELT(1 + n % 3, 'handled', 'failed', 'open'), 1, '' FROM n`);
    await host.query('ANALYZE TABLE glomopay_movements, glomopay_history, glomopay_events');
    const connection = await host.getConnection();
    const asked = [
      [statements.accountsWithMovements, 'shop-2'],
      [statements.accountsLeft, 'shop-1'],
      [history.accountsWithHistory, 'shop-1', 2],
      [inbox.accountsWithEvents, 'shop-2'],
      [inbox.accountsWithParked, 'shop-1'],
      [inbox.accountsWithHandled, 'shop-0', 1_000],
    ] as const;
    for (const [statement, expected, before] of asked) {
      await connection.query('FLUSH STATUS');
      const [found] = await connection.query(statement, [before]);
      const [read] = await connection.query(`SHOW SESSION STATUS LIKE 'Handler_read_%'`);
      const rows = Array.isArray(found)
        ? found.map((row) => String(Reflect.get(row, 'account')))
        : [];
      const counts = Array.isArray(read)
        ? read.map((row) => Number(Reflect.get(row, 'Value')))
        : [];
      expect(rows).toEqual([expected]);
      expect(counts.reduce((sum, one) => sum + one)).toBeLessThan(50);
    }
    connection.release();
  });

  it('claims an event beside which another one is being written', async () => {
    const event = anEvent('claimed');
    await store.inbox.insert(event);
    const writer = await database.host.getConnection();
    try {
      await writer.query('START TRANSACTION');
      // What the look for a duplicate of the event next to it in the index takes, where one was deleted.
      await writer.query(`SELECT id FROM glomopay_events FORCE INDEX (glomopay_events_key)
        WHERE account = 'default' AND id = '${event.id}' LOCK IN SHARE MODE`);
      expect(await claimed(store.inbox, event)).toMatchObject({ id: event.id });
    } finally {
      await writer.query('ROLLBACK');
      writer.release();
    }
  });

  it('loses and doubles nothing with 4 processes on one database', async () => {
    const works = await fourProcessesWork('mysql', JSON.stringify(database.place));
    expect(works.map(({ inserted }) => inserted).reduce((sum, one) => sum + one)).toBe(440);
    expect(works.map(({ effects }) => effects).reduce((sum, one) => sum + one)).toBe(40);
    const lines = await database.lines();
    expect([lines.length, new Set(lines).size]).toEqual([40, 40]);
    expect(await store.counts('default', ['payment'])).toEqual({ needsAttention: 0, open: 400 });
  });

  it('has what a killed process had said was written', async () => {
    const keys = await keysOfKilledProcess('mysql', JSON.stringify(database.place));
    expect(keys.length).toBeGreaterThan(100);
    const found = await Promise.all(keys.map((requestId) => store.find(aKey(requestId))));
    expect(found.filter((record) => record === undefined)).toHaveLength(0);
  });
});
