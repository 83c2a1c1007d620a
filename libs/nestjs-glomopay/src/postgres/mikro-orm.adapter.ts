import { Connections } from './connections.js';
import type { HeldConnection } from './held-connection.js';
import { KnexSource, type KnexInstance, type KnexTransaction } from './knex-source.js';
import type { PostgresAdapter } from './postgres-adapter.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';

/** An entity manager of MikroORM, as far as it is used here. */
export interface MikroOrmManager {
  fork(options: { disableContextResolution: boolean }): this;
  getKnex(type: 'write'): KnexInstance<KnexTransaction>;
  setTransactionContext(context: unknown): void;
  flush(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

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
  const em = 'em' in of ? of.em : of;
  const knex = new KnexSource('mikroOrmAdapter', () => em.getKnex('write'));
  const source = {
    pool: () => knex.pool(),
    take: async () => withManager(await knex.take(), em),
  };
  return new Connections<Manager>(source, limits);
}

/** The same connection, whose transaction is an entity manager's. */
function withManager<Manager extends MikroOrmManager>(
  held: HeldConnection<KnexTransaction>,
  em: Manager,
): HeldConnection<Manager> {
  let fork: Manager | undefined;
  return {
    ...held,
    async begin() {
      const tx = await held.begin();
      // It takes nothing from the context of whoever calls.
      fork = em.fork({ disableContextResolution: true });
      fork.setTransactionContext(tx);
      return fork;
    },
    async commit() {
      await fork?.flush();
      // Not told of a COMMIT that Postgres turned into a ROLLBACK; this fails then.
      await held.query('SELECT 1', []);
      // By MikroORM's own commit, which its subscribers hear of.
      await fork?.commit();
    },
    async rollback() {
      await fork?.rollback();
      // Not told either of a ROLLBACK that is not answered; this waits behind it.
      await held.query('SELECT 1', []);
    },
  };
}
