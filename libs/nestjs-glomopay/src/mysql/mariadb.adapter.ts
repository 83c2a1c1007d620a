import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import { Connections, stepsOf } from './connections.js';
import type { HeldConnection } from './held-connection.js';
import { MariadbClients } from './mariadb-clients.js';
import { answerOf, type MysqlAdapter, type MysqlAnswer } from './mysql-adapter.js';

/** A statement, with the settings of a pool that would change what it gives put as they are by default. */
interface PlainStatement {
  readonly sql: string;
  readonly rowsAsArray: false;
  readonly nestTables: false;
  readonly metaAsArray: false;
}

/** A connection of a pool, as in `mariadb`. */
export interface MariadbConnection {
  readonly threadId: number | null;
  query(statement: PlainStatement): Promise<unknown>;
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
  const clients = new MariadbClients();
  const source = {
    pool: () => clients.poolOver(pool),
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
  const run = async (sql: string): Promise<MysqlAnswer> =>
    answerOf(
      await connection.query({ sql, rowsAsArray: false, nestTables: false, metaAsArray: false }),
    );
  return {
    client,
    ...stepsOf(connection, run),
    async giveBack(failure: Error | undefined) {
      if (failure !== undefined) connection.destroy();
      // The pool takes back what is destroyed, and makes a new one.
      await connection.release();
    },
  };
}
