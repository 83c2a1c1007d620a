import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import {
  KnexSource,
  type KnexInstance,
  type KnexTransaction,
} from '../tracking/store/sql/libraries/knex-source.js';
import { Connections } from './connections.js';
import { mysql2Clients } from './mysql2-clients.js';
import type { MysqlAdapter } from './mysql-adapter.js';

/**
 * Keeps tracked payments through a Knex over `mysql2` (`client: 'mysql2'`), which stays yours to destroy. Outcome
 * handlers get the `Knex.Transaction`.
 *
 * Statements of the store go to the clients of Knex's pool directly. A client that dies or goes silent is
 * thrown away. Give Knex a `connection.connectTimeout` below its `acquireConnectionTimeout`: until `mysql2`
 * gives up, a connection that is never made takes up a place of the pool.
 *
 * @throws {GlomopayConfigurationError} when first used: the Knex speaks through another driver.
 * @example
 * new MysqlTrackingStore(knexMysqlAdapter(knex));
 */
export function knexMysqlAdapter<Tx extends KnexTransaction>(
  knex: KnexInstance<Tx>,
): MysqlAdapter<Tx> {
  return knexMysqlConnections(knex);
}

/** The same with other time limits, for tests. */
export function knexMysqlConnections<Tx extends KnexTransaction>(
  knex: KnexInstance<Tx>,
  limits?: TimeLimits,
): MysqlAdapter<Tx> {
  const source = new KnexSource('knexMysqlAdapter', () => knex, mysql2Clients);
  return new Connections<Tx>(source, limits);
}
