import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { Connections } from './connections.js';
import type { HeldConnection } from './held-connection.js';
import { endClient } from './pg-internals.js';
import { poolEvents } from './pool-events.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { queryOfClient } from './raw-client.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';

/** A transaction of Sequelize, as far as it is used here. */
export interface SequelizeTransaction {
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** How Sequelize 6 hands out connections. */
export interface SequelizeConnections {
  getConnection(options: { type: 'write'; useMaster: boolean }): Promise<object>;
  releaseConnection(connection: object): void;
  destroyConnection(connection: object): Promise<void>;
}

/** A Sequelize, as far as it is used here. */
export interface SequelizeInstance<Tx extends SequelizeTransaction> {
  readonly connectionManager: SequelizeConnections;
  getDialect(): string;
  addHook(hook: 'afterConnect', listener: (connection: unknown) => void): unknown;
  transaction(options?: { isolationLevel?: string }): Promise<Tx>;
}

/**
 * Keeps tracked payments through a Sequelize (version 6) of Postgres, which stays yours to close. Outcome
 * handlers get Sequelize's `Transaction`, to be passed on as `{ transaction }`.
 *
 * Nothing here joins a transaction of yours, also with `Sequelize.useCLS`. Statements of the store go to
 * the clients of Sequelize's pool directly. A client that dies or goes silent is thrown away. Give
 * Sequelize a `dialectOptions.connectionTimeoutMillis`: until `pg` gives up, a connection that is never
 * made takes up a place of the pool.
 *
 * @throws {GlomopayConfigurationError} the Sequelize speaks to another database.
 * @example
 * new PostgresTrackingStore(sequelizeAdapter(sequelize));
 */
export function sequelizeAdapter<Tx extends SequelizeTransaction>(
  sequelize: SequelizeInstance<Tx>,
): PostgresAdapter<Tx> {
  return sequelizeConnections(sequelize);
}

/** The same with other time limits, for tests. */
export function sequelizeConnections<Tx extends SequelizeTransaction>(
  sequelize: SequelizeInstance<Tx>,
  limits?: TimeLimits,
): PostgresAdapter<Tx> {
  assertPostgres(sequelize.getDialect());
  const manager = sequelize.connectionManager;
  const source = {
    pool: () => poolEvents(manager, (hear) => void sequelize.addHook('afterConnect', hear)),
    // A replica could not write, and would be late to read.
    take: async () =>
      held(sequelize, manager, await manager.getConnection({ type: 'write', useMaster: true })),
  };
  return new Connections<Tx>(source, limits);
}

function held<Tx extends SequelizeTransaction>(
  sequelize: SequelizeInstance<Tx>,
  manager: SequelizeConnections,
  client: object,
): HeldConnection<Tx> {
  const query = queryOfClient(client);
  let transaction: Tx | undefined;
  return {
    client,
    query,
    async begin() {
      const own = sequelizeOn(sequelize, manager, client);
      transaction = await own.transaction({ isolationLevel: 'READ COMMITTED' });
      return transaction;
    },
    async commit() {
      // Sequelize does not tell a COMMIT that Postgres turned into a ROLLBACK; this fails then.
      await query('SELECT 1', []);
      await transaction?.commit();
    },
    async rollback() {
      await transaction?.rollback();
    },
    async giveBack(failure) {
      if (failure === undefined) return manager.releaseConnection(client);
      endClient(client);
      await manager.destroyConnection(client).catch(() => undefined);
    },
  };
}

/**
 * Sequelize takes a connection for a transaction by itself; so this one gets ours. Whatever else is asked
 * for through it comes from the pool.
 */
function sequelizeOn<Instance extends object>(
  sequelize: Instance,
  manager: SequelizeConnections,
  client: object,
): Instance {
  let isTaken = false;
  const own: SequelizeConnections = {
    async getConnection(options) {
      if (isTaken) return manager.getConnection(options);
      isTaken = true;
      return client;
    },
    releaseConnection: (connection) =>
      connection === client ? undefined : manager.releaseConnection(connection),
    destroyConnection: async (connection) =>
      connection === client ? undefined : manager.destroyConnection(connection),
  };
  const connectionManager = Object.assign(Object.create(manager), own);
  return Object.create(sequelize, { connectionManager: { value: connectionManager } });
}

/** @throws {GlomopayConfigurationError} */
function assertPostgres(dialect: string): void {
  if (dialect === 'postgres') return;
  throw new GlomopayConfigurationError([
    `sequelizeAdapter: it keeps payments in Postgres; this Sequelize has the dialect ${dialect}`,
  ]);
}
