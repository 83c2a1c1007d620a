import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import {
  sequelizeSource,
  type SequelizeInstance,
  type SequelizeTransaction,
} from '../tracking/store/sql/libraries/sequelize-source.js';
import { Connections } from './connections.js';
import { mariadbClients } from './mariadb-query.js';
import { mysql2Clients } from './mysql2-clients.js';
import type { MysqlAdapter } from './mysql-adapter.js';

/**
 * Keeps tracked payments through a Sequelize (version 6) with the dialect `mysql` or `mariadb`, which stays yours
 * to close. Outcome handlers get Sequelize's `Transaction`, to be passed on as `{ transaction }`.
 *
 * Nothing here joins a transaction of yours, also with `Sequelize.useCLS`. Statements of the store go to
 * the clients of Sequelize's pool directly. A client that dies or goes silent is thrown away. Give
 * Sequelize a `dialectOptions.connectTimeout`: until the driver gives up, a connection that is never
 * made takes up a place of the pool.
 *
 * @throws {GlomopayConfigurationError} the Sequelize speaks to another database.
 * @example
 * new MysqlTrackingStore(sequelizeMysqlAdapter(sequelize));
 */
export function sequelizeMysqlAdapter<Tx extends SequelizeTransaction>(
  sequelize: SequelizeInstance<Tx>,
): MysqlAdapter<Tx> {
  return sequelizeMysqlConnections(sequelize);
}

/** The same with other time limits, for tests. */
export function sequelizeMysqlConnections<Tx extends SequelizeTransaction>(
  sequelize: SequelizeInstance<Tx>,
  limits?: TimeLimits,
): MysqlAdapter<Tx> {
  const dialects = { mysql: mysql2Clients, mariadb: mariadbClients() };
  const source = sequelizeSource('sequelizeMysqlAdapter', sequelize, dialects);
  return new Connections<Tx>(source, limits);
}
