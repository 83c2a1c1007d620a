import { OptionChecks } from '../config/option-checks.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { whole } from '../tracking/store/row.js';
import { PoolWatch } from '../tracking/store/sql/connections/pool-watch.js';
import { SteppedTransaction } from '../tracking/store/sql/connections/stepped-transaction.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import { abandon } from '../tracking/store/sql/libraries/callback-transaction.js';
import { runKysely, type KyselyRunner } from '../tracking/store/sql/libraries/kysely-statement.js';
import { Connections, endClient } from './connections.js';
import type { HeldConnection } from './held-connection.js';
import { withTransactions } from './library-transactions.js';
import { mysql2Connections } from './mysql2.adapter.js';
import { mysql2Clients } from './mysql2-clients.js';
import { Mysql2PoolClients } from './mysql2-pool-clients.js';
import type { MysqlAdapter } from './mysql-adapter.js';

/** A database of Kysely on one connection. */
export interface KyselyMysqlConnection<Tx> extends KyselyRunner {
  transaction(): { execute<T>(work: (tx: Tx) => Promise<T>): Promise<T> };
}

/** A database of Kysely. */
export interface KyselyMysqlDatabase<Tx> {
  connection(): {
    execute<T>(work: (connection: KyselyMysqlConnection<Tx>) => Promise<T>): Promise<T>;
  };
}

/** What the adapter gets beside the database. */
export interface KyselyMysqlAdapterOptions {
  /** The pool of `mysql2` that you gave to `MysqlDialect`: Kysely shows it to nobody. */
  readonly pool: object;
}

/**
 * Keeps tracked payments through a database of Kysely with its `MysqlDialect`. Outcome handlers get Kysely's
 * `Transaction`, with your plugins; the store's own statements go to the connections of the pool directly. One
 * that dies or goes silent is thrown away.
 *
 * @throws {GlomopayConfigurationError} what is shown is no pool of `mysql2`; when first used, that Kysely takes
 *   its connections from another one.
 * @example
 * new MysqlTrackingStore(kyselyMysqlAdapter(db, { pool }));
 */
export function kyselyMysqlAdapter<Tx>(
  db: KyselyMysqlDatabase<Tx>,
  options: KyselyMysqlAdapterOptions,
): MysqlAdapter<Tx> {
  return kyselyMysqlConnections(db, options);
}

/** The same with other time limits, for tests. */
export function kyselyMysqlConnections<Tx>(
  db: KyselyMysqlDatabase<Tx>,
  options: KyselyMysqlAdapterOptions,
  limits?: TimeLimits,
): MysqlAdapter<Tx> {
  const checks = new OptionChecks();
  const { pool } = checks.group('kyselyMysqlAdapter', options, ['pool']);
  checks.assertNone();
  const clients = new Mysql2PoolClients('kyselyMysqlAdapter', pool);
  const source = { pool: () => clients.pool, take: () => take(db, clients) };
  const { transaction } = new Connections<Tx>(source, limits);
  // A statement by itself needs no connection that Kysely knows of.
  return { query: mysql2Connections(clients.pool, limits).query, transaction };
}

/** A connection that Kysely has taken, and lends until it is given back. */
async function take<Tx>(
  db: KyselyMysqlDatabase<Tx>,
  clients: Mysql2PoolClients,
): Promise<HeldConnection<Tx>> {
  // Kysely would take one of them, and we could not tell which.
  clients.dropSuspects(PoolWatch.over(clients.pool));
  const lending = new SteppedTransaction<KyselyMysqlConnection<Tx>>((work) =>
    db.connection().execute(work),
  );
  const connection = await lending.begun;
  try {
    const { rows } = await runKysely(connection, 'SELECT CONNECTION_ID() AS id', []);
    const client = clients.at(whole(Object(rows[0]), 'id'));
    if (client === undefined) throw otherPool();
    const giveBack = async (failure: Error | undefined): Promise<void> => {
      if (failure !== undefined) endClient(client);
      await lending.commit().catch(() => undefined);
    };
    return withTransactions<Tx>(
      { client, query: mysql2Clients.queryOf(client), giveBack },
      (work) => connection.transaction().execute(work),
    );
  } catch (thrown) {
    abandon(lending);
    throw thrown;
  }
}

function otherPool(): GlomopayConfigurationError {
  return new GlomopayConfigurationError([
    'kyselyMysqlAdapter: pool must be the one that MysqlDialect has; Kysely took a connection that is not of it',
  ]);
}
