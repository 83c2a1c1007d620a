import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import {
  KnexSource,
  type KnexInstance,
  type KnexTransaction,
} from '../tracking/store/sql/libraries/knex-source.js';
import { Connections } from './connections.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import { pgClients } from './raw-client.js';

/**
 * Keeps tracked payments through a Knex of Postgres (`client: 'pg'`), which stays yours to destroy.
 * Outcome handlers get the `Knex.Transaction`.
 *
 * Statements of the store go to the clients of Knex's pool directly. A client that dies or goes silent is
 * thrown away. Give Knex a `connection.connectionTimeoutMillis`: until `pg` gives up, a connection that is
 * never made takes up a place of the pool.
 *
 * @throws {GlomopayConfigurationError} when first used: the Knex speaks to another database.
 * @example
 * new PostgresTrackingStore(knexAdapter(knex));
 */
export function knexAdapter<Tx extends KnexTransaction>(
  knex: KnexInstance<Tx>,
): PostgresAdapter<Tx> {
  return knexConnections(knex);
}

/** The same with other time limits, for tests. */
export function knexConnections<Tx extends KnexTransaction>(
  knex: KnexInstance<Tx>,
  limits?: TimeLimits,
): PostgresAdapter<Tx> {
  return new Connections<Tx>(new KnexSource('knexAdapter', () => knex, pgClients), limits);
}
