import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import {
  sequelizeSource,
  type SequelizeInstance,
  type SequelizeTransaction,
} from '../tracking/store/sql/libraries/sequelize-source.js';
import { Connections } from './connections.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { pgClients } from './raw-client.js';

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
  const source = sequelizeSource('sequelizeAdapter', sequelize, { postgres: pgClients });
  return new Connections<Tx>(source, limits);
}
