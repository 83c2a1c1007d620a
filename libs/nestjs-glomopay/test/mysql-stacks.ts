import { createPool as createMariadbPool } from 'mariadb';
import type { PoolConnection as MariadbConnection } from 'mariadb';
import { createPool, type PoolConnection, type PoolOptions } from 'mysql2/promise';
import { DataSource } from 'typeorm';
import { mariadbConnections } from '../src/mysql/mariadb.adapter.js';
import { mysql2Connections } from '../src/mysql/mysql2.adapter.js';
import type { MysqlAdapter } from '../src/mysql/mysql-adapter.js';
import { MysqlTrackingStore } from '../src/mysql/mysql-tracking-store.js';
import { typeOrmMysqlConnections } from '../src/mysql/type-orm.adapter.js';
import type { TrackingStoreHarness } from '../src/testing/contract/harness.js';
import type { TimeLimits } from '../src/tracking/store/sql/connections/time-limits.js';
import { aMysqlDatabase, type MysqlDatabase, type MysqlPlace } from './mysql-database.js';

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

export async function typeOrmMysqlStack(place: MysqlPlace, limits?: TimeLimits) {
  const { user, ...rest } = place;
  const dataSource = new DataSource({
    type: 'mysql',
    ...rest,
    username: user,
    extra: { connectionLimit: 4 },
    logging: false,
  });
  await dataSource.initialize();
  const adapter = typeOrmMysqlConnections(dataSource, limits);
  const stack: MysqlStack<Parameters<Parameters<typeof adapter.transaction>[0]>[0]> = {
    adapter,
    run: (manager, statement, param) =>
      manager.query(statement, param === undefined ? [] : [param]),
    end: () => dataSource.destroy(),
  };
  return stack;
}

/** For the contract: stores of one stack on a database, which goes when they do. */
export async function openMysql<Tx>(
  stackOf: (place: MysqlPlace) => Promise<MysqlStack<Tx>>,
  aDatabase = aMysqlDatabase,
): Promise<TrackingStoreHarness<Tx> & { run(statement: string): Promise<unknown[]> }> {
  const database: MysqlDatabase = await aDatabase();
  const stacks: MysqlStack<Tx>[] = [];
  const stores: MysqlTrackingStore<Tx>[] = [];
  const another = async () => {
    const stack = await stackOf(database.place);
    const store = new MysqlTrackingStore(stack.adapter);
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
    run: (statement: string) => database.rows(statement),
    async close() {
      for (const store of stores) await store.close();
      for (const stack of stacks) await stack.end();
      await database.drop();
    },
  };
}
