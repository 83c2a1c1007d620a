import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import {
  mikroOrmSource,
  type MikroOrmManager,
} from '../tracking/store/sql/libraries/mikro-orm-source.js';
import { Connections } from './connections.js';
import { mysql2Clients } from './mysql2-clients.js';
import type { MysqlAdapter } from './mysql-adapter.js';

/**
 * Keeps tracked payments through a MikroORM (version 6) of `@mikro-orm/mysql`, which stays yours to close. Outcome
 * handlers get an `EntityManager` of the transaction: a fork with an identity map of its own for each
 * transaction, which is flushed before the commit, so that what a handler has persisted is written.
 *
 * Nothing here joins a transaction or a `RequestContext` of yours. Statements of the store go to the clients of
 * the pool directly. A client that dies or goes silent is thrown away. Give MikroORM
 * `driverOptions.connection.connectTimeout`: until `mysql2` gives up, a connection that is never made takes
 * up a place of the pool.
 *
 * @param of The `MikroORM`, or any entity manager of it.
 * @throws {GlomopayConfigurationError} when first used: it speaks through another driver.
 * @example
 * new MysqlTrackingStore(mikroOrmMysqlAdapter(orm));
 */
export function mikroOrmMysqlAdapter<Manager extends MikroOrmManager>(
  of: Manager | { readonly em: Manager },
): MysqlAdapter<Manager> {
  return mikroOrmMysqlConnections(of);
}

/** The same with other time limits, for tests. */
export function mikroOrmMysqlConnections<Manager extends MikroOrmManager>(
  of: Manager | { readonly em: Manager },
  limits?: TimeLimits,
): MysqlAdapter<Manager> {
  const source = mikroOrmSource('mikroOrmMysqlAdapter', of, mysql2Clients);
  return new Connections<Manager>(source, limits);
}
