import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import {
  mikroOrmSource,
  type MikroOrmManager,
} from '../tracking/store/sql/libraries/mikro-orm-source.js';
import { Connections } from './connections.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { pgClients } from './raw-client.js';

/**
 * Keeps tracked payments through a MikroORM (version 6) of Postgres, which stays yours to close. Outcome
 * handlers get an `EntityManager` of the transaction: a fork with an identity map of its own for each
 * transaction, which is flushed before the commit, so that what a handler has persisted is written.
 *
 * Nothing here joins a transaction or a `RequestContext` of yours. Statements of the store go to the
 * clients of the pool directly. A client that dies or goes silent is thrown away. Give MikroORM
 * `driverOptions.connection.connectionTimeoutMillis`: until `pg` gives up, a connection that is never made
 * takes up a place of the pool.
 *
 * @param of The `MikroORM`, or any entity manager of it.
 * @throws {GlomopayConfigurationError} when first used: it speaks to another database.
 * @example
 * new PostgresTrackingStore(mikroOrmAdapter(orm));
 */
export function mikroOrmAdapter<Manager extends MikroOrmManager>(
  of: Manager | { readonly em: Manager },
): PostgresAdapter<Manager> {
  return mikroOrmConnections(of);
}

/** The same with other time limits, for tests. */
export function mikroOrmConnections<Manager extends MikroOrmManager>(
  of: Manager | { readonly em: Manager },
  limits?: TimeLimits,
): PostgresAdapter<Manager> {
  return new Connections<Manager>(mikroOrmSource('mikroOrmAdapter', of, pgClients), limits);
}
