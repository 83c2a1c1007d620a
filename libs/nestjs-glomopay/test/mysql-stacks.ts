import { defineConfig, MikroORM, type EntitySchema } from '@mikro-orm/mysql';
import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/mysql2';
import knex from 'knex';
import { CamelCasePlugin, CompiledQuery, Kysely, MysqlDialect } from 'kysely';
import { createPool as createMariadbPool } from 'mariadb';
import type { PoolConnection as MariadbConnection } from 'mariadb';
import { createPool, type PoolConnection, type PoolOptions } from 'mysql2/promise';
import { createPool as createCallbackPool } from 'mysql2';
import { Sequelize, type Transaction } from 'sequelize';
import { DataSource } from 'typeorm';
import { drizzleMysqlConnections } from '../src/mysql/drizzle.adapter.js';
import { knexMysqlConnections } from '../src/mysql/knex.adapter.js';
import { kyselyMysqlConnections } from '../src/mysql/kysely.adapter.js';
import { mariadbConnections } from '../src/mysql/mariadb.adapter.js';
import { mikroOrmMysqlConnections } from '../src/mysql/mikro-orm.adapter.js';
import { mysql2Connections } from '../src/mysql/mysql2.adapter.js';
import type { MysqlAdapter } from '../src/mysql/mysql-adapter.js';
import { mysqlNames } from '../src/mysql/mysql-store-options.js';
import { MysqlTrackingStore } from '../src/mysql/mysql-tracking-store.js';
import { prismaMysqlConnections } from '../src/mysql/prisma.adapter.js';
import { sequelizeMysqlConnections } from '../src/mysql/sequelize.adapter.js';
import { typeOrmMysqlConnections } from '../src/mysql/type-orm.adapter.js';
import type { TrackingStoreHarness } from '../src/testing/contract/harness.js';
import type { TimeLimits } from '../src/tracking/store/sql/connections/time-limits.js';
import { aMysqlDatabase, type MysqlDatabase, type MysqlPlace } from './mysql-database.js';
import { prismaClientClass } from './prisma-client.js';

/** A stack's own connections, and how a host writes with its transaction. */
export interface MysqlStack<Tx> {
  readonly adapter: MysqlAdapter<Tx>;
  run(tx: Tx, statement: string, param?: string): Promise<unknown>;
  end(): Promise<void>;
}

/** What a session of the host is set to, run when a connection is made, one after the other. */
export type Settings = string | string[];

export async function mysql2Stack(
  place: MysqlPlace,
  settings: Settings = '',
  limits?: TimeLimits,
  over: PoolOptions = {},
): Promise<MysqlStack<PoolConnection>> {
  const pool = createPool({ ...place, connectionLimit: 4, ...over });
  pool.pool.on('connection', (connection) => {
    for (const each of [settings].flat()) if (each !== '') connection.query(each);
  });
  return {
    adapter: mysql2Connections<PoolConnection>(pool, limits),
    run: (tx, statement, param) => tx.query(statement, param === undefined ? [] : [param]),
    end: () => pool.end(),
  };
}

export async function mariadbStack(
  place: MysqlPlace,
  settings: Settings = '',
  limits?: TimeLimits,
): Promise<MysqlStack<MariadbConnection>> {
  const initSql = settings === '' ? {} : { initSql: settings };
  const pool = createMariadbPool({ ...place, connectionLimit: 4, minimumIdle: 0, ...initSql });
  return {
    adapter: mariadbConnections<MariadbConnection>(pool, limits),
    run: (tx, statement, param) => tx.query(statement, param === undefined ? [] : [param]),
    end: () => pool.end(),
  };
}

export function aTypeOrmMysqlSource({ user, ...place }: MysqlPlace): DataSource {
  return new DataSource({
    type: 'mysql',
    ...place,
    username: user,
    extra: { connectionLimit: 4 },
    logging: false,
  });
}

export async function typeOrmMysqlStack(place: MysqlPlace, limits?: TimeLimits) {
  const dataSource = await aTypeOrmMysqlSource(place).initialize();
  const adapter = typeOrmMysqlConnections(dataSource, limits);
  const stack: MysqlStack<TxOf<typeof adapter>> = {
    adapter,
    run: (manager, statement, param) =>
      manager.query(statement, param === undefined ? [] : [param]),
    end: () => dataSource.destroy(),
  };
  return stack;
}

export async function drizzleMysqlStack(place: MysqlPlace, limits?: TimeLimits) {
  const pool = createPool({ ...place, connectionLimit: 4 });
  const adapter = drizzleMysqlConnections(drizzle(pool), limits);
  const stack: MysqlStack<TxOf<typeof adapter>> = {
    adapter,
    run: (tx, statement, param) => {
      const [before = '', after = ''] = statement.split('?');
      const raw = sql.raw(before);
      return tx.execute(param === undefined ? raw : sql`${raw}${param}${sql.raw(after)}`);
    },
    end: () => pool.end(),
  };
  return stack;
}

/** The host's tables, and its columns in its own case. */
export interface KyselyMysqlTables {
  lines: { line: string };
}

export async function kyselyMysqlStack(place: MysqlPlace, limits?: TimeLimits) {
  const pool = createCallbackPool({ ...place, connectionLimit: 4 });
  const dialect = new MysqlDialect({ pool });
  const db = new Kysely<KyselyMysqlTables>({ dialect, plugins: [new CamelCasePlugin()] });
  const adapter = kyselyMysqlConnections(db, { pool }, limits);
  const stack: MysqlStack<TxOf<typeof adapter>> = {
    adapter,
    run: (tx, statement, param) =>
      tx.executeQuery(CompiledQuery.raw(statement, param === undefined ? [] : [param])),
    end: () => pool.promise().end(),
  };
  return stack;
}

/** The driver adapter over a pool of ours, which is of a newer `mariadb` than its types know. */
export function prismaOver(pool: object, options?: { useTextProtocol: boolean }): PrismaMariaDb {
  return new PrismaMariaDb(Object(pool), options);
}

/** Whose pool it is: the host's, which the store is shown, or one that Prisma makes for itself. */
export async function prismaMysqlStack(
  place: MysqlPlace,
  limits?: TimeLimits,
  whose = 'the host',
  initSql?: string | string[],
) {
  const PrismaClient = await prismaClientClass('mysql');
  // A connection that dies in such a statement is an unhandled rejection of the driver.
  const settings = { ...place, connectionLimit: 4, ...(initSql !== undefined && { initSql }) };
  const pool = whose === 'the host' ? createMariadbPool(settings) : undefined;
  const client = new PrismaClient({
    adapter: pool ? prismaOver(pool, { useTextProtocol: true }) : new PrismaMariaDb(settings),
  });
  const adapter = prismaMysqlConnections(client, pool ? { pool } : {}, limits);
  const stack: MysqlStack<TxOf<typeof adapter>> = {
    adapter,
    run: async (tx, statement, param) =>
      statement.startsWith('SELECT')
        ? tx.$queryRawUnsafe(statement, ...(param === undefined ? [] : [param]))
        : tx.$executeRawUnsafe(
            statement.replace('?', `X'${Buffer.from(param ?? '').toString('hex')}'`),
          ),
    async end() {
      await client.$disconnect();
      await pool?.end();
    },
  };
  return stack;
}

/** As a host should: what is never made is given up by the driver, since these pools do not. */
const CONNECT_MS = 3_000;

export function aKnexMysql(place: MysqlPlace) {
  return knex({
    client: 'mysql2',
    connection: { ...place, connectTimeout: CONNECT_MS },
    pool: { min: 0, max: 4 },
    log: { warn: () => undefined },
  });
}

export async function knexMysqlStack(
  place: MysqlPlace,
  limits?: TimeLimits,
  host = aKnexMysql(place),
) {
  const adapter = knexMysqlConnections(host, limits);
  const stack: MysqlStack<TxOf<typeof adapter>> = {
    adapter,
    run: async (tx, statement, param) => tx.raw(statement, param === undefined ? [] : [param]),
    end: () => host.destroy(),
  };
  return stack;
}

export function aSequelizeMysql(
  { host, port, user, password, database }: MysqlPlace,
  dialect: 'mysql' | 'mariadb' = 'mysql',
): Sequelize {
  return new Sequelize(database, user, password, {
    host,
    port,
    dialect,
    dialectOptions: { connectTimeout: CONNECT_MS },
    pool: { max: 4 },
    logging: false,
  });
}

export async function sequelizeMysqlStack(
  place: MysqlPlace,
  limits?: TimeLimits,
  dialect: 'mysql' | 'mariadb' = 'mysql',
): Promise<MysqlStack<Transaction>> {
  const host = aSequelizeMysql(place, dialect);
  return {
    adapter: sequelizeMysqlConnections(host, limits),
    run: (transaction, statement, param) =>
      host.query(statement, {
        transaction,
        ...(param !== undefined && { replacements: [param] }),
      }),
    end: () => host.close(),
  };
}

export async function aMikroOrmMysql(
  { host, port, user, password, database }: MysqlPlace,
  entities: EntitySchema[] = [],
) {
  return MikroORM.init(
    defineConfig({
      host,
      port,
      user,
      password,
      dbName: database,
      entities,
      discovery: { warnWhenNoEntities: false },
      pool: { min: 0, max: 4 },
      driverOptions: {
        connection: { connectTimeout: CONNECT_MS },
        log: { warn: () => undefined },
      },
    }),
  );
}

export async function mikroOrmMysqlStack(place: MysqlPlace, limits?: TimeLimits) {
  const host = await aMikroOrmMysql(place);
  const adapter = mikroOrmMysqlConnections(host, limits);
  const stack: MysqlStack<TxOf<typeof adapter>> = {
    adapter,
    run: (em, statement, param) => em.execute(statement, param === undefined ? [] : [param]),
    end: () => host.close(true),
  };
  return stack;
}

export type TxOf<Adapter> = Adapter extends MysqlAdapter<infer Tx> ? Tx : never;

/** For the contract: stores of one stack on a database, which goes when they do. */
export async function openMysql<Tx>(
  stackOf: (place: MysqlPlace) => Promise<MysqlStack<Tx>>,
  aDatabase = aMysqlDatabase,
): Promise<TrackingStoreHarness<Tx> & { run(statement: string): Promise<unknown[]> }> {
  const database: MysqlDatabase = await aDatabase();
  const { tablePrefix = '' } = database;
  const stacks: MysqlStack<Tx>[] = [];
  const stores: MysqlTrackingStore<Tx>[] = [];
  const another = async () => {
    const stack = await stackOf(database.place);
    const store = new MysqlTrackingStore(stack.adapter, { tablePrefix });
    stacks.push(stack);
    stores.push(store);
    return store;
  };
  return {
    store: await another(),
    another,
    async write(tx, line) {
      await stacks[0]?.run(tx, 'INSERT INTO `lines` VALUES (?)', line);
    },
    written: () => database.lines(),
    run: (statement: string) => database.rows(mysqlNames(tablePrefix).in(statement)),
    async close() {
      for (const store of stores) await store.close();
      for (const stack of stacks) await stack.end();
      await database.drop();
    },
  };
}
