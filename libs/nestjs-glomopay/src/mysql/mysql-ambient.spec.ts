import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/mysql';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/mysql2';
import { CompiledQuery, Kysely, MysqlDialect } from 'kysely';
import { createPool as createMariadbPool, type PoolConnection as OfMariadb } from 'mariadb';
import { createPool as createCallbackPool } from 'mysql2';
import { createPool, type PoolConnection } from 'mysql2/promise';
import { Sequelize, type Transaction } from 'sequelize';
import {
  addTransactionalDataSource,
  deleteDataSourceByName,
  initializeTransactionalContext,
  runInTransaction,
  StorageDriver,
} from 'typeorm-transactional';
import { ambient, joinsNothing, type AmbientHost } from '../../test/joins-nothing.js';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlPlace,
} from '../../test/mysql-database.js';
import {
  aKnexMysql,
  aMikroOrmMysql,
  aSequelizeMysql,
  aTypeOrmMysqlSource,
  prismaOver,
  type TxOf,
} from '../../test/mysql-stacks.js';
import { prismaClientClass } from '../../test/prisma-client.js';
import { drizzleMysqlAdapter } from './drizzle.adapter.js';
import { knexMysqlAdapter } from './knex.adapter.js';
import { kyselyMysqlAdapter } from './kysely.adapter.js';
import { mariadbAdapter } from './mariadb.adapter.js';
import { mikroOrmMysqlAdapter } from './mikro-orm.adapter.js';
import type { MysqlAdapter } from './mysql-adapter.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';
import { mysql2Adapter } from './mysql2.adapter.js';
import { prismaMysqlAdapter } from './prisma.adapter.js';
import { sequelizeMysqlAdapter } from './sequelize.adapter.js';
import { typeOrmMysqlAdapter } from './type-orm.adapter.js';

type Host<Tx> = AmbientHost<Tx, MysqlAdapter<Tx>>;

if (await isMysqlThere()) {
  beside('typeorm-transactional', typeOrmTransactional);
  beside('a pool of mysql2 that gives the ambient connection', ambientMysql2);
  beside('a pool of mariadb that gives the ambient connection', ambientMariadb);
  beside('a database of Drizzle that is the ambient transaction', ambientDrizzle);
  beside('a database of Kysely that is the ambient transaction', ambientKysely);
  beside('a client of Prisma that is the ambient transaction', ambientPrisma);
  beside('a Knex that is the ambient transaction', ambientKnex);
  beside('Sequelize.useCLS, with a namespace that forgets no caller', clsSequelize);
  beside('em.transactional in a RequestContext of MikroORM', requestMikroOrm);
} else {
  describe.skip(`ambient transactions (skipped: no ${mysqlPlace})`, () => {
    it('are not joined', () => expect(true).toBe(true));
  });
}

function beside<Tx>(library: string, open: (place: MysqlPlace) => Promise<Host<Tx>>): void {
  joinsNothing(`MysqlTrackingStore beside ${library}`, async () => {
    const database = await aMysqlDatabase();
    const host = await open(database.place);
    const store = new MysqlTrackingStore(host.adapter);
    return {
      ...host,
      store,
      insert: (line) => `INSERT INTO \`lines\` VALUES ('${line}')`,
      lines: () => database.lines(),
      async end() {
        await store.close();
        await host.end();
        await database.drop();
      },
    };
  });
}

async function typeOrmTransactional(place: MysqlPlace) {
  initializeTransactionalContext({ storageDriver: StorageDriver.AUTO });
  const dataSource = await addTransactionalDataSource(aTypeOrmMysqlSource(place)).initialize();
  const adapter = typeOrmMysqlAdapter(dataSource);
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

/** A pool that gives whoever is inside of a transaction the connection of it. */
function givingAmbient<Connection extends object, Pool extends object>(
  pool: Pool & { getConnection(): Promise<Connection> },
  open: AsyncLocalStorage<object>,
): typeof pool {
  return ambient(pool, {
    getStore: () => {
      const connection = open.getStore();
      return connection && { getConnection: async () => connection };
    },
  } as AsyncLocalStorage<object>);
}

interface Transactional {
  beginTransaction(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  release(): unknown;
}

async function insideOf<Connection extends Transactional>(
  connection: Connection,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await connection.beginTransaction();
    await work();
    await connection.commit();
  } catch (thrown) {
    await connection.rollback();
    throw thrown;
  } finally {
    await connection.release();
  }
}

async function ambientMysql2(place: MysqlPlace) {
  const pool = createPool({ ...place, connectionLimit: 4 });
  const open = new AsyncLocalStorage<object>();
  return {
    adapter: mysql2Adapter<PoolConnection>(givingAmbient(pool, open)),
    async inTransaction(work: () => Promise<void>) {
      const connection = await pool.getConnection();
      await insideOf(connection, () => open.run(connection, work));
    },
    run: (tx: PoolConnection, statement: string) => tx.query(statement),
    end: () => pool.end(),
  };
}

async function ambientMariadb(place: MysqlPlace) {
  const pool = createMariadbPool({ ...place, connectionLimit: 4 });
  const open = new AsyncLocalStorage<object>();
  return {
    adapter: mariadbAdapter<OfMariadb>(givingAmbient(pool, open)),
    async inTransaction(work: () => Promise<void>) {
      const connection = await pool.getConnection();
      await insideOf(connection, () => open.run(connection, work));
    },
    run: (tx: OfMariadb, statement: string): Promise<unknown> => tx.query(statement),
    end: () => pool.end(),
  };
}

async function ambientDrizzle(place: MysqlPlace) {
  const pool = createPool({ ...place, connectionLimit: 4 });
  const db = drizzle(pool);
  const open = new AsyncLocalStorage<object>();
  const adapter = drizzleMysqlAdapter(ambient(db, open));
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) => db.transaction((tx) => open.run(tx, work)),
    run: async (tx: TxOf<typeof adapter>, statement: string) => tx.execute(sql.raw(statement)),
    end: () => pool.end(),
  };
}

async function ambientKysely(place: MysqlPlace) {
  const pool = createCallbackPool({ ...place, connectionLimit: 4 });
  const db = new Kysely<object>({ dialect: new MysqlDialect({ pool }) });
  const open = new AsyncLocalStorage<object>();
  const adapter = kyselyMysqlAdapter(ambient(db, open), { pool });
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) =>
      db.transaction().execute((tx) => open.run(tx, work)),
    run: (tx: TxOf<typeof adapter>, statement: string) =>
      tx.executeQuery(CompiledQuery.raw(statement)),
    end: () => pool.promise().end(),
  };
}

async function ambientPrisma(place: MysqlPlace) {
  const pool = createMariadbPool({ ...place, connectionLimit: 4 });
  const PrismaClient = await prismaClientClass('mysql');
  const client = new PrismaClient({ adapter: prismaOver(pool) });
  const open = new AsyncLocalStorage<object>();
  const adapter = prismaMysqlAdapter(ambient(client, open), { pool });
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) => client.$transaction((tx) => open.run(tx, work)),
    run: async (tx: TxOf<typeof adapter>, statement: string) => tx.$executeRawUnsafe(statement),
    async end() {
      await client.$disconnect();
      await pool.end();
    },
  };
}

async function ambientKnex(place: MysqlPlace) {
  const host = aKnexMysql(place);
  const open = new AsyncLocalStorage<object>();
  const adapter = knexMysqlAdapter(ambient(host, open));
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) => host.transaction((trx) => open.run(trx, work)),
    run: async (tx: TxOf<typeof adapter>, statement: string) => tx.raw(statement),
    end: () => host.destroy(),
  };
}

async function clsSequelize(place: MysqlPlace) {
  // As cls-hooked is, which the store's own async context does not keep out.
  let open: unknown;
  Sequelize.useCLS({
    run: (work: (context: object) => unknown) => work({}),
    bind: (work: unknown) => work,
    get: () => open,
    set: (_name: string, transaction: unknown) => (open = transaction),
  });
  const host = aSequelizeMysql(place);
  return {
    adapter: sequelizeMysqlAdapter(host),
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

async function requestMikroOrm(place: MysqlPlace) {
  const orm = await aMikroOrmMysql(place);
  const adapter = mikroOrmMysqlAdapter(orm);
  return {
    adapter,
    inTransaction: (work: () => Promise<void>) =>
      RequestContext.create(orm.em, () => orm.em.transactional(() => work())),
    run: (em: TxOf<typeof adapter>, statement: string) => em.execute(statement),
    end: () => orm.close(true),
  };
}
