import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EntitySchema } from '@mikro-orm/mysql';
import { drizzle } from 'drizzle-orm/mysql2';
import { Kysely, MysqlDialect } from 'kysely';
import { createConnection, createPool } from 'mysql2';
import { createPool as createPromisePool } from 'mysql2/promise';
import knex from 'knex';
import { Sequelize } from 'sequelize';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
} from '../../test/mysql-database.js';
import { aMikroOrmMysql, knexMysqlStack } from '../../test/mysql-stacks.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { aKey, anIntent } from '../testing/contract/harness.js';
import { drizzleMysqlAdapter } from './drizzle.adapter.js';
import { knexMysqlAdapter } from './knex.adapter.js';
import { kyselyMysqlAdapter } from './kysely.adapter.js';
import { mikroOrmMysqlAdapter } from './mikro-orm.adapter.js';
import { isDuplicate } from './mysql-error.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';
import { prismaMysqlAdapter } from './prisma.adapter.js';
import { sequelizeMysqlAdapter } from './sequelize.adapter.js';

const suite = (await isMysqlThere()) ? describe : describe.skip;

suite(`Adapters of libraries over MySQL (${mysqlPlace})`, () => {
  let database: MysqlDatabase;
  beforeEach(async () => {
    database = await aMysqlDatabase();
  });
  afterEach(() => database.drop());

  it('give each transaction an entity manager of its own, and write what was only persisted', async () => {
    class Line {
      constructor(readonly line: string) {}
    }
    const lines = new EntitySchema<Line>({
      class: Line,
      tableName: 'lines',
      properties: { line: { type: 'text', primary: true } },
    });
    await database.host.query('ALTER TABLE `lines` ADD UNIQUE KEY (line)');
    const orm = await aMikroOrmMysql(database.place, [lines]);
    try {
      const { transaction } = mikroOrmMysqlAdapter(orm.em);
      const first = await transaction(async (em) => {
        em.persist(new Line('persisted'));
        return em;
      });
      const second = await transaction(async (em) => {
        expect(em.getUnitOfWork().getIdentityMap().values()).toEqual([]);
        return em;
      });
      expect(new Set([first, second, orm.em]).size).toBe(3);
      const refused = transaction(async (em) => void em.persist(new Line('persisted')));
      expect(isDuplicate(await refused.catch((thrown: unknown) => thrown))).toBe(true);
      const failed = transaction(async (em) => {
        em.persist(new Line('failed'));
        throw new Error('out of order');
      });
      await expect(failed).rejects.toThrow('out of order');
      expect(await database.lines()).toEqual(['persisted']);
    } finally {
      await orm.close(true);
    }
  });

  it('commit nothing that the host has left open on a client of the pool', async () => {
    const host = knex({ client: 'mysql2', connection: database.place, pool: { min: 0, max: 1 } });
    const client = await host.client.acquireConnection();
    await client.promise().query('SET autocommit = 0');
    await client.promise().query("INSERT INTO `lines` VALUES ('of the host')");
    await host.client.releaseConnection(client);
    const { adapter, end } = await knexMysqlStack(database.place, undefined, host);
    const store = new MysqlTrackingStore(adapter);
    await store.migrate();
    await store.insert(anIntent(), 0);
    await store.close();
    await end();
    expect(await database.rows('SELECT request_id FROM glomopay_movements')).toHaveLength(1);
    expect(await database.lines()).toEqual([]);
  });

  it('work through a pool of mysql2 that a host has given to Knex', async () => {
    const pool = createPromisePool({ ...database.place, connectionLimit: 2 });
    const host = knex({ client: 'mysql2', connectionPool: pool } as object);
    const { adapter, end } = await knexMysqlStack(database.place, undefined, host);
    const store = new MysqlTrackingStore(adapter);
    await store.migrate();
    await store.insert(anIntent(), 0);
    expect((await store.find(aKey()))?.state).toBe('created');
    await store.close();
    await end();
    await pool.end();
  });

  it('say so when Kysely takes its connections from another pool', async () => {
    const pool = createPool(database.place);
    const db = new Kysely<object>({ dialect: new MysqlDialect({ pool }) });
    const other = createPool(database.place);
    const { transaction } = kyselyMysqlAdapter(db, { pool: other });
    await expect(transaction(async () => undefined)).rejects.toThrow(GlomopayConfigurationError);
    await pool.promise().end();
    await other.promise().end();
  });
});

describe('Adapters of a library that speaks to another database', () => {
  it('say so, whichever it is', async () => {
    const postgres = new Sequelize('postgres://127.0.0.1/none', { logging: false });
    expect(() => sequelizeMysqlAdapter(postgres)).toThrow(GlomopayConfigurationError);
    const other = knex({ client: 'pg', connection: { host: '127.0.0.1' } });
    await expect(knexMysqlAdapter(other).query('SELECT 1')).rejects.toThrow(
      'mysql2; this one has pg',
    );
    await other.destroy();
  });

  it('say so of a Drizzle that has no pool', () => {
    const single = createConnection({ host: '127.0.0.1', port: 9 });
    single.on('error', () => undefined);
    expect(() => drizzleMysqlAdapter(drizzle(single))).toThrow('over a pool of mysql2');
    single.destroy();
  });

  it.each([[{}], [{ pool: {} }], [{ pool: undefined }], [{ pools: [] }]])(
    'take no %j for the pool under Kysely',
    (options) => {
      const dialect = new MysqlDialect({ pool: createPool({ host: '127.0.0.1' }) });
      const db = new Kysely<object>({ dialect });
      expect(() => Reflect.apply(kyselyMysqlAdapter, undefined, [db, options])).toThrow(
        GlomopayConfigurationError,
      );
    },
  );

  it('take no other option beside a client of Prisma', () => {
    expect(() => Reflect.apply(prismaMysqlAdapter, undefined, [{}, { pols: {} }])).toThrow(
      GlomopayConfigurationError,
    );
  });
});
