import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import { memberOf } from '../tracking/store/sql/connections/emitter.js';
import { Connections, endClient, stepsOf } from './connections.js';
import type { HeldConnection } from './held-connection.js';
import { answerOf, type MysqlAdapter, type MysqlAnswer } from './mysql-adapter.js';
import { plain, type PlainStatement } from './mysql2-clients.js';

/** A connection of a pool, as in `mysql2/promise`. */
export interface Mysql2Connection {
  query(statement: PlainStatement): Promise<unknown>;
  release(): void;
  destroy(): void;
}

/** A pool, as in `mysql2/promise`. */
export interface Mysql2Pool<Connection extends Mysql2Connection> {
  getConnection(): Promise<Connection>;
}

/** A pool, as in `mysql2`: the same with callbacks. */
export interface Mysql2CallbackPool<Connection extends Mysql2Connection> {
  promise(): Mysql2Pool<Connection>;
}

/**
 * Keeps tracked payments through a pool of `mysql2`, of its promises or of its callbacks; the pool stays
 * yours to end. Outcome handlers get the `PoolConnection` of the transaction, of `mysql2/promise`.
 *
 * A settlement holds one connection while handlers run: let them write through it, and give the pool a
 * `connectionLimit` above 1.
 *
 * @example
 * new MysqlTrackingStore(mysql2Adapter(pool));
 */
export function mysql2Adapter<Connection extends Mysql2Connection>(
  pool: Mysql2Pool<Connection> | Mysql2CallbackPool<Connection>,
): MysqlAdapter<Connection> {
  return mysql2Connections(pool);
}

/** The same with other time limits, for tests. */
export function mysql2Connections<Connection extends Mysql2Connection>(
  pool: Mysql2Pool<Connection> | Mysql2CallbackPool<Connection>,
  limits?: TimeLimits,
): MysqlAdapter<Connection> {
  const promises = 'promise' in pool ? pool.promise() : pool;
  const source = {
    pool: () => memberOf(promises, 'pool') ?? promises,
    take: async () => heldMysql2(await promises.getConnection()),
  };
  return new Connections<Connection>(source, limits);
}

/** A connection of `mysql2/promise` while it is ours. */
export function heldMysql2<Connection extends Mysql2Connection>(
  connection: Connection,
): HeldConnection<Connection> {
  const run = async (sql: string): Promise<MysqlAnswer> =>
    answerOf(await connection.query(plain(sql)));
  // Each time it is taken, the pool wraps the connection anew.
  const client = memberOf(connection, 'connection') ?? connection;
  return {
    client,
    ...stepsOf(connection, run),
    giveBack(failure: Error | undefined) {
      if (failure === undefined) connection.release();
      else endClient(client);
    },
  };
}
