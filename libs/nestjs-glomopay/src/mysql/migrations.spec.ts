import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createConnection, createPool, type Pool, type PoolConnection } from 'mysql2/promise';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
} from '../../test/mysql-database.js';
import { anIntent, upTo } from '../testing/contract/harness.js';
import { anEvent } from '../testing/contract/inbox-harness.js';
import { mysqlMigrations } from './migrations.js';
import { mysql2Adapter } from './mysql2.adapter.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';

const CONFIGURATION = { code: 'GLOMOPAY_CONFIGURATION' };
const suite = (await isMysqlThere()) ? describe : describe.skip;

suite(`The schema of MysqlTrackingStore (${mysqlPlace})`, () => {
  let database: MysqlDatabase;
  let pool: Pool;
  let store: MysqlTrackingStore<PoolConnection>;
  beforeEach(async () => {
    database = await aMysqlDatabase();
    pool = createPool({ ...database.place, connectionLimit: 3 });
    store = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(pool));
  });
  afterEach(async () => {
    await store.close();
    await pool.end();
    await database.drop();
  });

  it.each(upTo(mysqlMigrations(0).indexOf('COMMIT')))(
    'is made to its end by the next start after a kill behind step %i',
    async (steps) => {
      for (const step of mysqlMigrations(0).slice(0, steps)) await database.host.query(step);
      await expect(store.assertMigrated()).rejects.toMatchObject({
        ...CONFIGURATION,
        message: expect.stringMatching(/missing.*--dialect mysql --from 0/),
      });
      await store.migrate();
      await store.assertMigrated();
      expect((await store.insert(anIntent(), 0)).inserted).toBe(true);
    },
  );

  it('can be made by hand, also in a session that commits nothing by itself', async () => {
    const { place } = database;
    const by = await createConnection({ ...place, multipleStatements: true });
    await by.query('SET autocommit = 0');
    await by.query(mysqlMigrations(0).join(';\n'));
    by.destroy();
    await store.assertMigrated();
    expect((await store.insert(anIntent(), 0)).inserted).toBe(true);
    expect(mysqlMigrations(3)).toEqual([]);
  });

  it('is made in no database that nobody has named, and says so', async () => {
    const { database: _, ...server } = database.place;
    const nowhere = createPool({ ...server, connectionLimit: 1 });
    const lost = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(nowhere));
    try {
      await expect(lost.migrate()).rejects.toMatchObject({
        ...CONFIGURATION,
        message: expect.stringContaining('in no database'),
      });
    } finally {
      await lost.close();
      await nowhere.end();
    }
  });

  it('leaves no lock of the server behind, whatever becomes of it', async () => {
    await database.host.query('CREATE TABLE glomopay_locks (account INTEGER)');
    await database.host.query('CREATE VIEW glomopay_events AS SELECT 1 AS one');
    await database.host.query('DROP TABLE glomopay_locks');
    await database.host.query('CREATE TABLE glomopay_migrations (version VARBINARY(9))');
    await database.host.query("INSERT INTO glomopay_migrations VALUES ('odd')");
    await expect(store.migrate()).rejects.toThrow();
    const [lock] = await database.rows(
      `SELECT IS_FREE_LOCK(CONCAT('glomopay ', LEFT(SHA2(DATABASE(), 256), 32))) AS free`,
    );
    expect(Number(lock?.['free'])).toBe(1);
  });

  it('is found by an account that may create nothing', async () => {
    await store.migrate();
    const user = `glomopay_${randomBytes(4).toString('hex')}`;
    const { database: name } = database.place;
    await database.host.query(`CREATE USER ${user} IDENTIFIED BY 'x';
      GRANT SELECT, INSERT, UPDATE, DELETE ON ${name}.* TO ${user}`);
    const own = createPool({ ...database.place, user, password: 'x', connectionLimit: 2 });
    try {
      await expect(own.query('CREATE TABLE no (a INTEGER)')).rejects.toMatchObject({ errno: 1142 });
      const app = new MysqlTrackingStore(mysql2Adapter<PoolConnection>(own));
      await app.migrate();
      await app.assertMigrated();
      expect((await app.insert(anIntent(), 0)).inserted).toBe(true);
      expect(await app.claimDue('default', 10, 1_000)).toHaveLength(1);
      expect(await app.inbox.insert(anEvent())).toBe(true);
      await app.noteHandlers([{ account: '', kind: 'event', handler: 'Shop.ship' }]);
    } finally {
      await own.end();
      await database.host.query(`DROP USER ${user}`);
    }
  });

  it('is not written when it is as it should be', async () => {
    await store.migrate();
    const seen: string[] = [];
    const { query, transaction } = mysql2Adapter<PoolConnection>(pool);
    const other = new MysqlTrackingStore<PoolConnection>({
      query: (text) => {
        seen.push(text);
        return query(text);
      },
      transaction: (work) => {
        seen.push('BEGIN');
        return transaction(work);
      },
    });
    await other.migrate();
    expect(seen.filter((text) => !/^(?:SELECT|SHOW|EXPLAIN) /.test(text))).toEqual([]);
  });

  it('is refused where a newer version has made it, unless that says it can be used', async () => {
    await store.migrate();
    const apply = (version: number, from: number | null) =>
      database.host.query(`INSERT INTO glomopay_migrations (version, compatible_from)
        VALUES (${version}, ${from})`);
    await apply(4, 2);
    await store.migrate();
    await store.assertMigrated();
    await apply(5, null);
    for (const call of ['migrate', 'assertMigrated'] as const) {
      await expect(store[call]()).rejects.toMatchObject(CONFIGURATION);
    }
  });
});
