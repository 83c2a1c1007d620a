import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createConnection, createPool, type Pool, type PoolConnection } from 'mysql2/promise';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
} from '../../test/mysql-database.js';
import { aLook } from '../../test/observations.js';
import { aKey, anIntent } from '../testing/contract/harness.js';
import { anEvent, claimed } from '../testing/contract/inbox-harness.js';
import { followUpId } from '../tracking/movements/follow-up.js';
import { transition } from '../tracking/movements/transition.js';
import { witnesses } from '../tracking/store/history-line.js';
import { grantsOf } from './grants.js';
import { mysql2Adapter } from './mysql2.adapter.js';
import { mysqlMigrations } from './migrations.js';
import { mysqlNames } from './mysql-store-options.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';

const suite = (await isMysqlThere()) ? describe : describe.skip;
const tablePrefix = 'Shop_';
const LATER = new Date(Date.now() + 86_400_000);

suite(`The tables of MysqlTrackingStore under a prefix, on ${mysqlPlace}`, () => {
  let database: MysqlDatabase;
  let pool: Pool;
  let store: MysqlTrackingStore<PoolConnection>;
  beforeEach(async () => {
    database = await aMysqlDatabase();
    pool = createPool({ ...database.place, connectionLimit: 4 });
    store = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(pool), { tablePrefix });
  });
  afterEach(async () => {
    await store.close();
    await pool.end();
    await database.drop();
  });

  const problems = async () =>
    (await store.examineTables()).differences.map(
      ({ kind, table, name, problem, harmless }) =>
        `${kind} ${table.replace('Shop_glomopay_', '')}.${name.replace('Shop_glomopay_', '')} ${problem}${harmless ? ' harmless' : ''}`,
    );

  it('are none, and then as they should be, beside those without a prefix', async () => {
    const none = { dialect: 'mysql', tablePrefix, newest: 3, differences: [] };
    expect(await store.examineTables()).toEqual({ ...none, version: 0 });
    await expect(store.assertMigrated()).rejects.toThrow('--table-prefix Shop_');
    await store.migrate();
    await new MysqlTrackingStore(mysql2Adapter<PoolConnection>(pool)).migrate();
    expect(await store.examineTables()).toEqual({ ...none, version: 3 });
    expect(await store.examineTables()).toEqual({ ...none, version: 3 });
    const left = await database.rows(`SHOW TABLES LIKE '%beside%'`);
    expect(left).toEqual([]);
  });

  it('are found by a server that keeps no capitals in names of tables', async () => {
    const lowered = (text: string): string =>
      text.replaceAll(
        /(CREATE TABLE IF NOT EXISTS|INTO|FROM) `Shop_glomopay/g,
        '$1 `shop_glomopay',
      );
    for (const step of mysqlMigrations(0, mysqlNames(tablePrefix))) {
      await database.host.query(lowered(step));
    }
    const { query, transaction } = mysql2Adapter<PoolConnection>(pool);
    const asThere = (text: string): string =>
      lowered(text)
        .replaceAll('@@lower_case_table_names', '1')
        .replace(`= 'Shop_glomopay_migrations'`, `= 'shop_glomopay_migrations'`);
    const there = new MysqlTrackingStore<PoolConnection>(
      {
        query: (text) => query(asThere(text)),
        transaction: (work, options) =>
          transaction((tx, inside) => work(tx, (text) => inside(asThere(text))), options),
      },
      { tablePrefix },
    );
    expect(await there.examineTables()).toMatchObject({ version: 3, differences: [] });
    expect((await store.examineTables()).version).toBe(0);
  });

  it('are told by what differs, and mended by what the report says', async () => {
    await store.migrate();
    await database.host.query(`
      ALTER TABLE Shop_glomopay_movements DROP INDEX Shop_glomopay_movements_due;
      ALTER TABLE Shop_glomopay_history DROP INDEX Shop_glomopay_history_at,
        ADD INDEX Shop_glomopay_history_at (at);
      ALTER TABLE Shop_glomopay_events MODIFY type VARCHAR(20);
      ALTER TABLE Shop_glomopay_handlers ADD COLUMN note VARCHAR(20);
      CREATE TRIGGER told BEFORE INSERT ON Shop_glomopay_handlers FOR EACH ROW SET @told = 1`);
    expect((await problems()).toSorted()).toEqual([
      'column events.type different',
      'column handlers.note unknown harmless',
      'index history.history_at different',
      'index movements.movements_due missing',
      'trigger handlers.told unknown harmless',
    ]);
    const { differences } = await store.examineTables();
    for (const statement of differences.flatMap(({ mend = [] }) => mend)) {
      await database.host.query(statement);
    }
    expect((await problems()).filter((one) => one.startsWith('index'))).toEqual([]);
  });

  it('are used by an account that has the grants and no more', async () => {
    await store.migrate();
    const user = `app_${database.place.database.slice(-12)}`;
    const account = `'${user}'@'%'`;
    await database.host.query(`CREATE USER ${account} IDENTIFIED BY 'secret'`);
    for (const grant of grantsOf(mysqlNames(tablePrefix), account))
      await database.host.query(grant);
    await database.host.query(`GRANT INSERT ON \`lines\` TO ${account}`);
    const own = { ...database.place, user, password: 'secret' };
    const appPool = createPool({ ...own, connectionLimit: 4 });
    const app = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(appPool), { tablePrefix });
    try {
      await app.migrate();
      await app.assertMigrated();
      await usesEverything(app);
      expect(await database.lines()).toEqual(['paid', 'heard']);
      const connection = await createConnection(own);
      for (const table of ['migrations', 'movements', 'locks']) {
        const deleting = connection.query(`DELETE FROM Shop_glomopay_${table}`);
        await expect(deleting).rejects.toThrow('denied');
      }
      await connection.end();
    } finally {
      await app.close();
      await appPool.end();
      await database.host.query(`DROP USER ${account}`);
    }
  });
});

/** Whatever a store does, once. */
async function usesEverything(store: MysqlTrackingStore<PoolConnection>): Promise<void> {
  const write = (line: string) => async (tx: PoolConnection) => {
    await tx.query('INSERT INTO `lines` VALUES (?)', [line]);
  };
  const { inbox } = store;
  await store.insert(anIntent({ reference: 'cart-1' }), 0);
  await store.insert(anIntent(), 0);
  expect(await store.findByReference('default', 'cart-1', 10)).toHaveLength(1);
  expect(await store.claimDue('default', 10, 0)).toHaveLength(1);
  await store.reschedule(aKey(), 0);
  await store.settle(aKey(), {
    decide: (record, around) =>
      transition(record, aLook({ objectId: 'payt_1', status: 'success' }), around),
    effect: (_, __, tx) => write('paid')(tx),
    nextCheckMs: 0,
    witness: witnesses.sweep,
    followUp: (before) => ({
      account: 'default',
      id: followUpId(before),
      body: Buffer.from('{}'),
    }),
  });
  await store.unwatch(aKey());
  expect(await store.history(aKey())).toHaveLength(1);
  expect([await inbox.insert(anEvent()), await inbox.insert(anEvent())]).toEqual([true, false]);
  const claim = await claimed(inbox, anEvent());
  await inbox.commit(claim, 'Shop.ship', write('heard'));
  await store.noteHandlers([{ account: 'default', kind: 'event', handler: 'Shop.ship' }]);
  await store.noteHandlers([{ account: 'default', kind: 'event', handler: 'Shop.ship' }]);
  await inbox.conclude(claim, {
    type: 'payment.success',
    objectId: 'payt_1',
    state: 'handled',
    reason: null,
    nextTryMs: 0,
    handlers: [],
  });
  const erasure = { reference: 'erased:1', eventIds: [], objectIds: ['payt_1'], keepsLine: true };
  expect(await store.erase(aKey(), erasure)).toMatchObject({ changed: true, events: 1 });
  expect(await inbox.insert(anEvent())).toBe(false);
  await inbox.insert(anEvent('another'));
  const other = await claimed(inbox, anEvent('another'));
  await inbox.conclude(other, {
    type: 'payment.success',
    objectId: null,
    state: 'handled',
    reason: null,
    nextTryMs: 0,
    handlers: [],
  });
  expect(await inbox.purge('default', LATER)).toBe(1);
  expect(await inbox.forgetKeys('default', LATER)).toBe(2);
  expect(await store.purge('default', LATER)).toBe(1);
}
