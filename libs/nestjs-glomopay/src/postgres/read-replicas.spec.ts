import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { defineConfig, MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { withReplicas } from 'drizzle-orm/pg-core';
import { Pool } from 'pg';
import { QueryTypes, Sequelize } from 'sequelize';
import { DataSource } from 'typeorm';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import { aConclusion, anEvent, claimed } from '../testing/contract/inbox-harness.js';
import { drizzleAdapter } from './drizzle.adapter.js';
import { mikroOrmAdapter } from './mikro-orm.adapter.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';
import { sequelizeAdapter } from './sequelize.adapter.js';
import { typeOrmAdapter } from './type-orm.adapter.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;
const LATER = new Date(Date.now() + 365 * 24 * 3_600_000);

/** Everything that a store reads and writes in the life of a payment and of an event. */
async function lives<Tx>(
  store: PostgresTrackingStore<Tx>,
  databaseOf: (tx: Tx) => Promise<string>,
): Promise<string> {
  let database = '';
  await store.migrate();
  await store.assertMigrated();
  expect((await store.examineTables()).differences).toEqual([]);
  expect((await store.insert(anIntent(), 0)).inserted).toBe(true);
  expect((await store.insert(anIntent(), 0)).inserted).toBe(false);
  expect(await store.find(aKey())).toBeDefined();
  expect(await store.findBySubject('default', 'order_1')).toHaveLength(1);
  expect(await store.accountsDue()).toEqual(['default']);
  expect(await store.claimDue('default', 10, 60_000)).toHaveLength(1);
  const effect = async (_before: unknown, _after: unknown, tx: Tx) => {
    database = await databaseOf(tx);
  };
  await store.settle(aKey(), {
    ...aSettlement({ state: 'succeeded', objectId: 'payt_1' }),
    effect,
  });
  expect(await store.findByObject('default', 'payt_1')).toMatchObject({ state: 'succeeded' });
  expect(await store.history(aKey())).toEqual([]);
  const window = { from: new Date(0), to: LATER, limit: 10 };
  expect(await store.within('default', window)).toHaveLength(1);
  expect(await store.counts('default', ['payment'])).toEqual({ needsAttention: 0, open: 0 });
  await store.noteHandlers([{ account: '', kind: 'event', handler: 'Shop.ship' }]);
  expect(await store.notedHandlers()).toHaveLength(1);
  const { inbox } = store;
  expect(await inbox.insert(anEvent())).toBe(true);
  expect(await inbox.accountsDue()).toEqual(['default']);
  expect(await inbox.due('default', 10)).toEqual([anEvent().id]);
  expect(await inbox.body(anEvent())).toEqual(anEvent().body);
  expect(await inbox.conclude(await claimed(inbox, anEvent()), aConclusion())).toBe(true);
  expect(await inbox.find(anEvent())).toMatchObject({ state: 'handled' });
  expect(await inbox.list('default', { limit: 10 })).toHaveLength(1);
  expect(await inbox.counts('default')).toMatchObject({ open: 0 });
  expect(await inbox.purge('default', LATER)).toBe(1);
  expect(await store.purge('default', LATER)).toBe(0);
  await store.close();
  return database;
}

suite(`Read replicas are asked nothing (${postgresPlace})`, () => {
  const replica = `glomopay_replica_${randomBytes(5).toString('hex')}`;
  let schema: PostgresSchema;
  let replicaUrl: string;
  let primaryUrl: string;
  let primary: string;

  // The replica is another database that has none of the tables: whatever is asked there fails.
  beforeEach(async () => {
    schema = await aPostgresSchema();
    primaryUrl = schema.config().connectionString;
    primary = new URL(primaryUrl).pathname.slice(1);
    const url = new URL(primaryUrl);
    url.pathname = `/${replica}`;
    replicaUrl = url.href;
    await schema.host.query(`CREATE DATABASE ${replica} TEMPLATE template0`);
  });
  afterEach(async () => {
    await schema.host.query(`DROP DATABASE ${replica} WITH (FORCE)`);
    await schema.drop();
  });

  it.each(['slave', 'master'] as const)(
    'through TypeORM with replication, whose default mode is %s',
    async (defaultMode) => {
      const source = new DataSource({
        type: 'postgres',
        replication: { master: { url: primaryUrl }, slaves: [{ url: replicaUrl }], defaultMode },
        extra: { options: schema.config().options, max: 2 },
      });
      await source.initialize();
      const runner = source.createQueryRunner('slave');
      const asked: unknown = await runner.query('SELECT current_database()');
      await runner.release();
      expect(asked).toEqual([{ current_database: replica }]);
      const store = new PostgresTrackingStore(typeOrmAdapter(source));
      const database = await lives(store, async (manager) => {
        const rows: unknown = await manager.query('SELECT current_database() AS name');
        return String(Reflect.get(Object(Array.isArray(rows) ? rows[0] : {}), 'name'));
      });
      expect(database).toBe(primary);
      await source.destroy();
    },
  );

  it('through Drizzle withReplicas', async () => {
    const pools = [primaryUrl, replicaUrl].map(
      (connectionString) => new Pool({ ...schema.config(), connectionString, max: 2 }),
    );
    // The database goes at the end, whether its server has seen the last connection end or not.
    for (const pool of pools) pool.on('error', () => undefined);
    const [first, second] = pools.map((pool) => drizzle(pool));
    if (first === undefined || second === undefined) throw new Error('There are two');
    const db = withReplicas(first, [second]);
    const name = sql<string>`current_database()`;
    expect(await db.select({ name }).from(sql`(SELECT 1) AS one`)).toEqual([{ name: replica }]);
    const store = new PostgresTrackingStore(drizzleAdapter(db, sql));
    const database = await lives(store, async (tx) => {
      const [row] = await tx.select({ name }).from(sql`(SELECT 1) AS one`);
      return String(row?.name);
    });
    expect(database).toBe(primary);
    await Promise.all(pools.map((pool) => pool.end()));
  });

  it('through Sequelize with replication', async () => {
    const { options } = schema.config();
    const sequelize = new Sequelize({
      dialect: 'postgres',
      dialectOptions: { options },
      logging: false,
      pool: { max: 2 },
      replication: { write: partsOf(primaryUrl), read: [partsOf(replicaUrl)] },
    });
    const name = 'SELECT current_database() AS name';
    const [asked] = await sequelize.query(name, { type: QueryTypes.SELECT });
    expect(asked).toEqual({ name: replica });
    const store = new PostgresTrackingStore(sequelizeAdapter(sequelize));
    const database = await lives(store, async (transaction) => {
      const [row] = await sequelize.query<{ name: string }>(name, {
        type: QueryTypes.SELECT,
        transaction,
      });
      return String(row?.name);
    });
    expect(database).toBe(primary);
    await sequelize.close();
  });

  it.each([true, false])(
    'through MikroORM with replicas, preferred for reads: %s',
    async (preferReadReplicas) => {
      const orm = await MikroORM.init(
        defineConfig({
          clientUrl: primaryUrl,
          replicas: [{ clientUrl: replicaUrl, dbName: replica }],
          preferReadReplicas,
          entities: [],
          discovery: { warnWhenNoEntities: false },
          pool: { min: 0, max: 2 },
          driverOptions: { connection: { options: schema.config().options } },
        }),
      );
      const name = 'SELECT current_database() AS name';
      expect(await orm.em.getConnection('read').execute(name)).toEqual([{ name: replica }]);
      const store = new PostgresTrackingStore(mikroOrmAdapter(orm));
      const database = await lives(store, async (em) => {
        const [row] = await em.execute<{ name: string }[]>(name);
        return String(row?.name);
      });
      expect(database).toBe(primary);
      await orm.close(true);
    },
  );
});

/** A URL as Sequelize takes it for one of several servers. */
function partsOf(address: string) {
  const { hostname, port, username, password, pathname } = new URL(address);
  return { host: hostname, port, username, password, database: pathname.slice(1) };
}
