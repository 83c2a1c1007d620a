import { defineConfig, MikroORM, type EntitySchema } from '@mikro-orm/postgresql';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { PrismaPg } from '@prisma/adapter-pg';
import knex from 'knex';
import { CamelCasePlugin, CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import { Pool, type PoolClient } from 'pg';
import postgres from 'postgres';
import { Sequelize, type Transaction } from 'sequelize';
import { DataSource } from 'typeorm';
import { drizzleConnections } from '../src/postgres/drizzle.adapter.js';
import { knexConnections } from '../src/postgres/knex.adapter.js';
import { kyselyConnections } from '../src/postgres/kysely.adapter.js';
import { mikroOrmConnections } from '../src/postgres/mikro-orm.adapter.js';
import { pgConnections, type PgAdapterOptions } from '../src/postgres/pg.adapter.js';
import type { PostgresAdapter } from '../src/postgres/postgres-adapter.js';
import {
  postgresNames,
  type PostgresStoreOptions,
} from '../src/postgres/postgres-store-options.js';
import { postgresJsConnections } from '../src/postgres/postgres-js.adapter.js';
import { PostgresTrackingStore } from '../src/postgres/postgres-tracking-store.js';
import { prismaConnections } from '../src/postgres/prisma.adapter.js';
import { sequelizeConnections } from '../src/postgres/sequelize.adapter.js';
import type { TimeLimits } from '../src/tracking/store/sql/connections/time-limits.js';
import { typeOrmConnections } from '../src/postgres/type-orm.adapter.js';
import type { TrackingStoreHarness } from '../src/testing/contract/harness.js';
import { aPostgresSchema, schemaOf, type PostgresSchema } from './postgres-schema.js';
import { prismaClientClass } from './prisma-client.js';

/** A stack's own connections, and how a host writes a line with its transaction. */
export interface PostgresStack<Tx> {
  readonly adapter: PostgresAdapter<Tx>;
  run(tx: Tx, statement: string, param?: string): Promise<unknown>;
  end(): Promise<void>;
}

export type Config = ReturnType<PostgresSchema['config']>;

export async function pgStack(
  config: Config,
  options: PgAdapterOptions = {},
  limits?: TimeLimits,
): Promise<PostgresStack<PoolClient>> {
  const pool = aPool(config);
  return {
    adapter: pgConnections<PoolClient>(pool, options, limits),
    run: (tx, statement, param) => tx.query(statement, param === undefined ? [] : [param]),
    end: () => pool.end(),
  };
}

export function aTypeOrmSource({ connectionString, options }: Config): DataSource {
  return new DataSource({
    type: 'postgres',
    url: connectionString,
    extra: { options, max: 4 },
    logging: false,
  });
}

export async function typeOrmStack(config: Config, limits?: TimeLimits) {
  const dataSource = aTypeOrmSource(config);
  await dataSource.initialize();
  const adapter = typeOrmConnections(dataSource, limits);
  const stack: PostgresStack<Parameters<Parameters<typeof adapter.transaction>[0]>[0]> = {
    adapter,
    run: (manager, statement, param) =>
      manager.query(statement, param === undefined ? [] : [param]),
    end: () => dataSource.destroy(),
  };
  return stack;
}

export async function drizzleStack(config: Config, limits?: TimeLimits) {
  const pool = aPool(config);
  const adapter = drizzleConnections(drizzle(pool), sql, limits);
  const stack: PostgresStack<Parameters<Parameters<typeof adapter.transaction>[0]>[0]> = {
    adapter,
    run: (tx, statement, param) => {
      const [before = '', after = ''] = statement.split('$1');
      const raw = sql.raw(before);
      return tx.execute(param === undefined ? raw : sql`${raw}${param}${sql.raw(after)}`);
    },
    end: () => pool.end(),
  };
  return stack;
}

/** Kysely ends its pool where it has taken a connection itself; what the store took it knows nothing of. */
export async function endedKysely(db: { destroy(): Promise<void> }, pool: Pool): Promise<void> {
  await db.destroy();
  if (!pool.ending) await pool.end();
}

/** The host's tables, and its columns in its own case. */
export interface KyselyTables {
  lines: { line: string };
}

export async function kyselyStack(config: Config, limits?: TimeLimits, isShown = true) {
  const pool = aPool(config);
  const dialect = new PostgresDialect({ pool });
  const db = new Kysely<KyselyTables>({ dialect, plugins: [new CamelCasePlugin()] });
  const adapter = kyselyConnections(db, isShown ? { pool } : {}, limits);
  const stack: PostgresStack<TxOf<typeof adapter>> = {
    adapter,
    run: (tx, statement, param) =>
      tx.executeQuery(CompiledQuery.raw(statement, param === undefined ? [] : [param])),
    end: () => endedKysely(db, pool),
  };
  return stack;
}

/** Whose pool it is: the host's, which the store finds, or one that Prisma makes for itself. */
export async function prismaStack(config: Config, limits?: TimeLimits, whose = 'the host') {
  const pool = aPool(config);
  const PrismaClient = await prismaClientClass();
  const place = whose === 'the host' ? pool : { ...config, max: 4 };
  const client = new PrismaClient({ adapter: new PrismaPg(place, { schema: schemaOf(config) }) });
  const adapter = prismaConnections(client, limits);
  const stack: PostgresStack<TxOf<typeof adapter>> = {
    adapter,
    run: async (tx, statement, param) =>
      tx.$queryRawUnsafe(statement, ...(param === undefined ? [] : [param])),
    async end() {
      await client.$disconnect();
      await pool.end();
    },
  };
  return stack;
}

export function aPostgresJs({ connectionString, options }: Config) {
  return postgres(connectionString, {
    max: 4,
    connection: { options },
    onnotice: () => undefined,
    transform: postgres.camel,
  });
}

export async function postgresJsStack(config: Config, limits?: TimeLimits) {
  const client = aPostgresJs(config);
  const adapter = postgresJsConnections(client, limits);
  const stack: PostgresStack<TxOf<typeof adapter>> = {
    adapter,
    run: async (tx, statement, param) => tx.unsafe(statement, param === undefined ? [] : [param]),
    end: () => client.end({ timeout: 1 }),
  };
  return stack;
}

/** As a host should: what is never made is given up by `pg`, since these pools do not. */
const CONNECT_MS = 3_000;

export function aKnex({ connectionString, options }: Config) {
  return knex({
    client: 'pg',
    connection: { connectionString, options, connectionTimeoutMillis: CONNECT_MS },
    pool: { min: 0, max: 4 },
    log: { warn: () => undefined },
  });
}

export async function knexStack(config: Config, limits?: TimeLimits) {
  const host = aKnex(config);
  const adapter = knexConnections(host, limits);
  const stack: PostgresStack<Parameters<Parameters<typeof adapter.transaction>[0]>[0]> = {
    adapter,
    run: async (tx, statement, param) =>
      tx.raw(statement.replace('$1', '?'), param === undefined ? [] : [param]),
    end: () => host.destroy(),
  };
  return stack;
}

export function aSequelize({ connectionString, options }: Config): Sequelize {
  return new Sequelize(connectionString, {
    dialectOptions: { options, connectionTimeoutMillis: CONNECT_MS },
    pool: { max: 4 },
    logging: false,
  });
}

export async function sequelizeStack(
  config: Config,
  limits?: TimeLimits,
): Promise<PostgresStack<Transaction>> {
  const host = aSequelize(config);
  return {
    adapter: sequelizeConnections(host, limits),
    run: (transaction, statement, param) =>
      host.query(statement, { transaction, ...(param !== undefined && { bind: [param] }) }),
    end: () => host.close(),
  };
}

export async function aMikroOrm(
  { connectionString, options }: Config,
  entities: EntitySchema[] = [],
) {
  return MikroORM.init(
    defineConfig({
      clientUrl: connectionString,
      entities,
      discovery: { warnWhenNoEntities: false },
      pool: { min: 0, max: 4 },
      driverOptions: {
        connection: { options, connectionTimeoutMillis: CONNECT_MS },
        log: { warn: () => undefined },
      },
    }),
  );
}

export async function mikroOrmStack(config: Config, limits?: TimeLimits) {
  const host = await aMikroOrm(config);
  const adapter = mikroOrmConnections(host, limits);
  const stack: PostgresStack<Parameters<Parameters<typeof adapter.transaction>[0]>[0]> = {
    adapter,
    run: (em, statement, param) =>
      em.execute(statement.replace('$1', '?'), param === undefined ? [] : [param]),
    end: () => host.close(true),
  };
  return stack;
}

export type TxOf<Adapter> = Adapter extends PostgresAdapter<infer Tx> ? Tx : never;

/** As every host has one: a connection that dies while it is idle is the pool's to report. */
function aPool(config: Config): Pool {
  const pool = new Pool({ ...config, max: 4 });
  pool.on('error', () => undefined);
  return pool;
}

export interface OpenedPostgres<Tx> extends TrackingStoreHarness<Tx> {
  readonly store: PostgresTrackingStore<Tx>;
  /** Runs a statement on a connection of the host. */
  run(statement: string): Promise<unknown[]>;
  /** Runs one with a transaction, as a handler does. */
  runIn(tx: Tx, statement: string): Promise<unknown>;
}

/** For the contract: stores of one stack on a schema, which goes when they do. */
export async function openPostgres<Tx>(
  stackOf: (config: Config) => Promise<PostgresStack<Tx>>,
  settings?: string,
  aSchema: () => Promise<
    PostgresSchema & { readonly place?: PostgresStoreOptions }
  > = aPostgresSchema,
  options: PostgresStoreOptions = {},
): Promise<OpenedPostgres<Tx>> {
  const schema = await aSchema();
  const names = postgresNames(schema.place ?? {});
  const stacks: PostgresStack<Tx>[] = [];
  const stores: PostgresTrackingStore<Tx>[] = [];
  const another = async () => {
    const stack = await stackOf(schema.config(settings));
    const store = new PostgresTrackingStore(stack.adapter, { ...schema.place, ...options });
    stacks.push(stack);
    stores.push(store);
    return store;
  };
  return {
    store: await another(),
    another,
    async write(tx, line) {
      await stacks[0]?.run(tx, 'INSERT INTO lines VALUES ($1)', line);
    },
    written: () => schema.lines(),
    /** On a connection of the host, with the names that the store's tables have. */
    run: async (statement) => (await schema.host.query(names.in(statement))).rows,
    runIn: async (tx, statement) => stacks[0]?.run(tx, statement),
    async close() {
      for (const store of stores) await store.close();
      for (const stack of stacks) await stack.end();
      await schema.drop();
    },
  };
}
