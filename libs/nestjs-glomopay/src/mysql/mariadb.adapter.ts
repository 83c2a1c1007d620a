import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import { Connections, stepsOf } from './connections.js';
import type { HeldConnection } from './held-connection.js';
import { MariadbClients } from './mariadb-clients.js';
import { queryMariadb, type PlainMariadbStatement } from './mariadb-query.js';
import type { MysqlAdapter } from './mysql-adapter.js';

/** A connection of a pool, as in `mariadb`. */
export interface MariadbConnection {
  readonly threadId: number | null;
  query(statement: PlainMariadbStatement): Promise<unknown>;
  release(): Promise<void>;
  destroy(): void;
}

/** A pool, as in `mariadb`. */
export interface MariadbPool<Connection extends MariadbConnection> {
  getConnection(): Promise<Connection>;
}

/**
 * Keeps tracked payments through a pool of `mariadb`; the pool stays yours to end. Outcome handlers get the
 * `PoolConnection` of the transaction.
 *
 * A settlement holds one connection while handlers run: let them write through it, and give the pool a
 * `connectionLimit` above 1.
 *
 * @example
 * new MysqlTrackingStore(mariadbAdapter(pool));
 */
export function mariadbAdapter<Connection extends MariadbConnection>(
  pool: MariadbPool<Connection>,
): MysqlAdapter<Connection> {
  return mariadbConnections(pool);
}

/** The same with other time limits, for tests. */
export function mariadbConnections<Connection extends MariadbConnection>(
  pool: MariadbPool<Connection>,
  limits?: TimeLimits,
): MysqlAdapter<Connection> {
  const clients = MariadbClients.ofPool(pool);
  const source = {
    pool: () => MariadbClients.poolOver(pool),
    take: async () => {
      const connection = await pool.getConnection();
      return held(connection, clients.of(connection));
    },
  };
  return new Connections<Connection>(source, limits);
}

function held<Connection extends MariadbConnection>(
  connection: Connection,
  client: object,
): HeldConnection<Connection> {
  return {
    client,
    ...stepsOf(connection, queryMariadb(connection)),
    async giveBack(failure: Error | undefined) {
      if (failure !== undefined) connection.destroy();
      // The pool takes back what is destroyed, and makes a new one.
      await connection.release();
    },
  };
}
