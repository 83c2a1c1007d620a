import { OptionChecks } from '../config/option-checks.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import { runKysely, type KyselyRunner } from '../tracking/store/sql/libraries/kysely-statement.js';
import { callbackAdapter } from './callback-library.js';
import { rowsOf, type PostgresAdapter, type PostgresQuery } from './postgres-adapter.js';

/** A database of Kysely. */
export interface KyselyDatabase<Tx extends KyselyRunner> extends KyselyRunner {
  transaction(): {
    setIsolationLevel(level: 'read committed'): {
      execute<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
    };
  };
}

/** What the adapter gets beside the database. */
export interface KyselyAdapterOptions {
  /**
   * The pool of `pg` that you gave to `PostgresDialect`: Kysely shows it to nobody. Without it a
   * connection that dies while an outcome handler runs ends the process, for want of somebody who
   * listens, and one that goes silent keeps its place in the pool.
   *
   * @defaultValue none, for dialects that have no pool of `pg`
   */
  readonly pool?: object;
}

/**
 * Keeps tracked payments through a Postgres database of Kysely. Outcome handlers get Kysely's
 * `Transaction`, with your plugins; the store's own statements pass by them.
 *
 * @example
 * new PostgresTrackingStore(kyselyAdapter(db, { pool }));
 */
export function kyselyAdapter<Tx extends KyselyRunner>(
  db: KyselyDatabase<Tx>,
  options: KyselyAdapterOptions = {},
): PostgresAdapter<Tx> {
  return kyselyConnections(db, options);
}

/** The same with other time limits, for tests. */
export function kyselyConnections<Tx extends KyselyRunner>(
  db: KyselyDatabase<Tx>,
  options: KyselyAdapterOptions,
  limits?: TimeLimits,
): PostgresAdapter<Tx> {
  const checks = new OptionChecks();
  const { pool } = checks.group('kyselyAdapter', options, ['pool']);
  checks.assertNone();
  const library = {
    pool,
    query: queryOf(db),
    transaction: (work: (tx: Tx) => Promise<void>) =>
      db.transaction().setIsolationLevel('read committed').execute(work),
    queryIn: queryOf,
  };
  return callbackAdapter<Tx>(library, limits);
}

function queryOf(runner: KyselyRunner): PostgresQuery {
  return async (text, params) => rowsOf(await runKysely(runner, text, params));
}
