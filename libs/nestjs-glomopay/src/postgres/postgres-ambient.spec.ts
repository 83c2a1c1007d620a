import { describe, expect, it } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import { RequestContext } from '@mikro-orm/postgresql';
import { drizzle } from 'drizzle-orm/node-postgres';
import { sql } from 'drizzle-orm';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Pool, type PoolClient } from 'pg';
import { Sequelize, type Transaction } from 'sequelize';
import {
  addTransactionalDataSource,
  deleteDataSourceByName,
  initializeTransactionalContext,
  runInTransaction,
  StorageDriver,
} from 'typeorm-transactional';
import { ambient, joinsNothing, type AmbientHost } from '../../test/joins-nothing.js';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import { prismaClientClass } from '../../test/prisma-client.js';
import {
  aKnex,
  aMikroOrm,
  aPostgresJs,
  aSequelize,
  aTypeOrmSource,
  endedKysely,
  type Config,
  type TxOf,
} from '../../test/postgres-stacks.js';
import { drizzleAdapter } from './drizzle.adapter.js';
import { kyselyAdapter } from './kysely.adapter.js';
import { knexAdapter } from './knex.adapter.js';
import { mikroOrmAdapter } from './mikro-orm.adapter.js';
import { pgAdapter } from './pg.adapter.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { postgresJsAdapter } from './postgres-js.adapter.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';
import { prismaAdapter } from './prisma.adapter.js';
import { sequelizeAdapter } from './sequelize.adapter.js';
import { typeOrmAdapter } from './type-orm.adapter.js';

type Host<Tx> = AmbientHost<Tx, PostgresAdapter<Tx>>;

if (await isPostgresThere()) {
  beside('typeorm-transactional', typeOrmTransactional);
  beside('a pool of pg that gives the ambient client', ambientPg);
  beside('a database of Drizzle that is the ambient transaction', ambientDrizzle);
  beside('a database of Kysely that is the ambient transaction', ambientKysely);
  beside('a client of Prisma that is the ambient transaction', ambientPrisma);
  beside('a sql of postgres.js that is the ambient transaction', ambientPostgresJs);
  beside('a Knex that is the ambient transaction', ambientKnex);
  beside('Sequelize.useCLS, with a namespace that forgets no caller', clsSequelize);
  beside('em.transactional in a RequestContext of MikroORM', requestMikroOrm);
} else {
  describe.skip(`ambient transactions (skipped: no ${postgresPlace})`, () => {
    it('are not joined', () => undefined);
  });
}

function beside<Tx>(library: string, open: (config: Config) => Promise<Host<Tx>>): void {
  joinsNothing(`PostgresTrackingStore beside ${library}`, async () => {
    const schema = await aPostgresSchema();
    const host = await open(schema.config());
    const store = new PostgresTrackingStore(host.adapter);
    return {
      ...host,
      store,
      insert: (line) => `INSERT INTO lines VALUES ('${line}')`,
      lines: () => schema.lines(),
      async end() {
        await store.close();
        await host.end();
        await schema.drop();
      },
    };
  });
}

async function typeOrmTransactional(config: Config) {
  initializeTransactionalContext({ storageDriver: StorageDriver.AUTO });
  const dataSource = await addTransactionalDataSource(aTypeOrmSource(config)).initialize();
  const adapter = typeOrmAdapter(dataSource);
  type Manager = TxOf<typeof adapter>;
  return {
    adapter,
    run: (tx: Manager, statement: string) => tx.query(statement),
    inTransaction: (work: () => Promise<void>) => runInTransaction(work),
    async end() {
      deleteDataSourceByName('default');
      await dataSource.destroy();
    },
  };
}

async function ambientPg(config: Config) {
  const pool = new Pool({ ...config, max: 4 });
  const open = new AsyncLocalStorage<PoolClient>();
  return {
    adapter: pgAdapter<PoolClient>(ambient(pool, open)),
    async inTransaction(work: () => Promise<void>) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await open.run(client, work);
        await client.query('COMMIT');
      } catch (thrown) {
        await client.query('ROLLBACK');
        throw thrown;
      } finally {
        client.release();
      }
    },
    run: (tx: PoolClient, statement: string) => tx.query(statement),
    end: () => pool.end(),
  };
}

async function ambientDrizzle(config: Config) {
  const pool = new Pool({ ...config, max: 4 });
  const db = drizzle(pool);
  const open = new AsyncLocalStorage<object>();
  const adapter = drizzleAdapter(ambient(db, open), sql);
  type Tx = TxOf<typeof adapter>;
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) => db.transaction((tx) => open.run(tx, work)),
    run: (tx: Tx, statement: string) => Promise.resolve(tx.execute(sql.raw(statement))),
    end: () => pool.end(),
  };
}

async function ambientKysely(config: Config) {
  const pool = new Pool({ ...config, max: 4 });
  const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
  const open = new AsyncLocalStorage<object>();
  const adapter = kyselyAdapter(ambient(db, open), { pool: ambient(pool, open) });
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) =>
      db.transaction().execute((tx) => open.run(tx, work)),
    run: (tx: TxOf<typeof adapter>, statement: string) =>
      tx.executeQuery(CompiledQuery.raw(statement)),
    end: () => endedKysely(db, pool),
  };
}

async function ambientPrisma(config: Config) {
  const pool = new Pool({ ...config, max: 4 });
  const PrismaClient = await prismaClientClass();
  const client = new PrismaClient({ adapter: new PrismaPg(pool) });
  const open = new AsyncLocalStorage<object>();
  const adapter = prismaAdapter(ambient(client, open));
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) => client.$transaction((tx) => open.run(tx, work)),
    run: async (tx: TxOf<typeof adapter>, statement: string) => tx.$queryRawUnsafe(statement),
    async end() {
      await client.$disconnect();
      await pool.end();
    },
  };
}

async function ambientPostgresJs(config: Config) {
  const client = aPostgresJs(config);
  const open = new AsyncLocalStorage<object>();
  const adapter = postgresJsAdapter(ambient(client, open));
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) => client.begin((tx) => open.run(tx, work)),
    run: async (tx: TxOf<typeof adapter>, statement: string) => tx.unsafe(statement),
    end: () => client.end({ timeout: 1 }),
  };
}

async function ambientKnex(config: Config) {
  const host = aKnex(config);
  const open = new AsyncLocalStorage<object>();
  const adapter = knexAdapter(ambient(host, open));
  type Tx = TxOf<typeof adapter>;
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) => host.transaction((trx) => open.run(trx, work)),
    run: async (tx: Tx, statement: string) => tx.raw(statement),
    end: () => host.destroy(),
  };
}

async function clsSequelize(config: Config) {
  // As cls-hooked is, which the store's own async context does not keep out.
  let open: unknown;
  Sequelize.useCLS({
    run: (work: (context: object) => unknown) => work({}),
    bind: (work: unknown) => work,
    get: () => open,
    set: (_name: string, transaction: unknown) => (open = transaction),
  });
  const host = aSequelize(config);
  return {
    adapter: sequelizeAdapter(host),
    async inTransaction(work: () => Promise<void>) {
      await host.transaction(async (transaction) => {
        expect(open).toBe(transaction);
        await work();
      });
    },
    run: (transaction: Transaction, statement: string) => host.query(statement, { transaction }),
    async end() {
      Reflect.deleteProperty(Sequelize, '_cls');
      await host.close();
    },
  };
}

async function requestMikroOrm(config: Config) {
  const orm = await aMikroOrm(config);
  const adapter = mikroOrmAdapter(orm);
  type Manager = TxOf<typeof adapter>;
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) =>
      RequestContext.create(orm.em, () => orm.em.transactional(() => work())),
    run: (em: Manager, statement: string) => em.execute(statement),
    end: () => orm.close(true),
  };
}
