import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
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
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
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
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import { anEvent, claimed } from '../testing/contract/inbox-harness.js';
import type { Settlement } from '../tracking/store/tracking-store.js';
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

/** A host whose database library keeps the transaction that is open in the async context. */
interface Host<Tx> {
  readonly adapter: PostgresAdapter<Tx>;
  /** Runs the work in a transaction of the host. */
  inTransaction(work: () => Promise<void>): Promise<void>;
  run(tx: Tx, statement: string): Promise<unknown>;
  end(): Promise<unknown>;
}

if (await isPostgresThere()) {
  joinsNothing('typeorm-transactional', typeOrmTransactional);
  joinsNothing('a pool of pg that gives the ambient client', ambientPg);
  joinsNothing('a database of Drizzle that is the ambient transaction', ambientDrizzle);
  joinsNothing('a database of Kysely that is the ambient transaction', ambientKysely);
  joinsNothing('a client of Prisma that is the ambient transaction', ambientPrisma);
  joinsNothing('a sql of postgres.js that is the ambient transaction', ambientPostgresJs);
  joinsNothing('a Knex that is the ambient transaction', ambientKnex);
  joinsNothing('Sequelize.useCLS, with a namespace that forgets no caller', clsSequelize);
  joinsNothing('em.transactional in a RequestContext of MikroORM', requestMikroOrm);
} else {
  describe.skip(`ambient transactions (skipped: no ${postgresPlace})`, () => {
    it('are not joined', () => undefined);
  });
}

function joinsNothing<Tx>(library: string, open: (config: Config) => Promise<Host<Tx>>): void {
  describe(`PostgresTrackingStore beside ${library}`, () => {
    let schema: PostgresSchema;
    let host: Host<Tx>;
    let store: PostgresTrackingStore<Tx>;

    /** A transaction of the host that is rolled back when the work has ended. */
    async function rolledBack(work: () => Promise<unknown>): Promise<void> {
      const failure = new Error('the host has failed');
      const transaction = host.inTransaction(async () => {
        await work();
        throw failure;
      });
      await expect(transaction).rejects.toBe(failure);
    }

    const paid = (line: string): Settlement<Tx> => ({
      ...aSettlement({ state: 'succeeded' }),
      effect: async (_before, _after, tx) =>
        void (await host.run(tx, `INSERT INTO lines VALUES ('${line}')`)),
    });

    beforeEach(async () => {
      schema = await aPostgresSchema();
      host = await open(schema.config());
      store = new PostgresTrackingStore(host.adapter);
      await store.migrate();
    });
    afterEach(async () => {
      await store.close();
      await host.end();
      await schema.drop();
    });

    it('keeps an intent, and those written with it, although its caller is rolled back', async () => {
      let other: Promise<unknown> = Promise.resolve();
      const release = afterwards(() => (other = store.insert(anIntent({ requestId: 'b' }), 0)));
      await rolledBack(async () => {
        const own = store.insert(anIntent({ requestId: 'a' }), 0);
        release();
        await Promise.all([own, other]);
      });
      expect(await store.find(aKey('a'))).toBeDefined();
      expect(await store.find(aKey('b'))).toBeDefined();
    });

    it('keeps an event', async () => {
      await rolledBack(() => store.inbox.insert(anEvent()));
      expect(await store.inbox.body(anEvent())).toBeDefined();
    });

    it('keeps an outcome with what its handler wrote', async () => {
      await store.insert(anIntent(), 0);
      await rolledBack(() => store.settle(aKey(), paid('paid')));
      expect((await store.find(aKey()))?.state).toBe('succeeded');
      expect(await schema.lines()).toEqual(['paid']);
    });

    it('keeps what an event handler has committed, and how the event was concluded', async () => {
      await store.inbox.insert(anEvent());
      await rolledBack(async () => {
        const claim = await claimed(store.inbox, anEvent());
        await store.inbox.commit(
          claim,
          'Shop.ship',
          async (tx) => void (await host.run(tx, `INSERT INTO lines VALUES ('shipped')`)),
        );
      });
      expect((await store.inbox.find(anEvent()))?.handlers).toMatchObject([{ state: 'done' }]);
      expect(await schema.lines()).toEqual(['shipped']);
    });

    it('keeps the lease of what it has claimed', async () => {
      await store.insert(anIntent(), 0);
      await rolledBack(() => store.claimDue('default', 10, 60_000));
      expect(await store.claimDue('default', 10, 60_000)).toEqual([]);
    });

    it('does not see what its caller has not committed, nor wait for it', async () => {
      await rolledBack(async () => {
        expect(await store.find(aKey())).toBeUndefined();
        await store.insert(anIntent(), 0);
        await store.settle(aKey(), paid('paid'));
      });
      expect(await schema.lines()).toEqual(['paid']);
    });
  });
}

/** Runs work outside of every context that is made later. */
function afterwards(work: () => unknown): () => void {
  const outside = AsyncLocalStorage.snapshot();
  return () => outside(work);
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

/** A member of the real thing, or of the one that is open in this context. */
function ambient<Thing extends object>(real: Thing, open: AsyncLocalStorage<object>): Thing {
  return new Proxy(real, {
    get(target, member) {
      const thing = open.getStore() ?? target;
      const value: unknown = Reflect.get(thing, member);
      return typeof value === 'function' ? value.bind(thing) : value;
    },
  });
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
