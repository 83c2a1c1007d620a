import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { memberOf } from '../tracking/store/sql/connections/emitter.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import { Connections } from './connections.js';
import { withTransactions } from './library-transactions.js';
import { heldMysql2, type Mysql2Connection } from './mysql2.adapter.js';
import type { MysqlAdapter } from './mysql-adapter.js';

/** A MySQL database of Drizzle. */
export interface DrizzleMysqlDatabase<Tx> {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * Keeps tracked payments through a database of `drizzle-orm/mysql2` over a pool; the pool stays yours to end.
 * Outcome handlers get Drizzle's transaction object. With `drizzle-kit push`, exclude our tables:
 * `tablesFilter: ['!glomopay_*']`.
 *
 * Nothing here joins a transaction of yours, nor goes to a replica of `withReplicas`. Statements of the store
 * go to the connections of the pool directly; one that dies or goes silent is thrown away.
 *
 * @throws {GlomopayConfigurationError} the database is over another driver, or over a single connection.
 * @example
 * new MysqlTrackingStore(drizzleMysqlAdapter(drizzle(pool)));
 */
export function drizzleMysqlAdapter<Tx>(db: DrizzleMysqlDatabase<Tx>): MysqlAdapter<Tx> {
  return drizzleMysqlConnections(db);
}

/** The same with other time limits, for tests. */
export function drizzleMysqlConnections<Tx>(
  db: DrizzleMysqlDatabase<Tx>,
  limits?: TimeLimits,
): MysqlAdapter<Tx> {
  sessionOf(db);
  const source = {
    pool: () => memberOf(sessionOf(db).client, 'pool'),
    async take() {
      const session = sessionOf(db);
      const connection = await session.client.getConnection();
      const own = sessionOn(session, connection);
      return withTransactions<Tx>(heldMysql2(connection), (work) => own.transaction(work));
    },
  };
  return new Connections<Tx>(source, limits);
}

/** What runs the statements of the database, and has a pool of `mysql2/promise` to run them on. */
interface Session<Tx> extends DrizzleMysqlDatabase<Tx> {
  readonly client: { getConnection(): Promise<Mysql2Connection> };
}

/** Drizzle takes a connection of the pool by itself, and shows nobody which; so it gets one of ours. */
function sessionOn<Tx>(session: Session<Tx>, client: unknown): DrizzleMysqlDatabase<Tx> {
  return Object.create(session, { client: { value: client } });
}

/** @throws {GlomopayConfigurationError} */
function sessionOf<Tx>(db: DrizzleMysqlDatabase<Tx>): Session<Tx> {
  const session = memberOf(db, 'session');
  if (isSession<Tx>(session)) return session;
  throw new GlomopayConfigurationError([
    'drizzleMysqlAdapter: it keeps payments through drizzle-orm/mysql2 over a pool of mysql2; this database has none',
  ]);
}

function isSession<Tx>(value: unknown): value is Session<Tx> {
  const client = memberOf(value, 'client');
  const methods = [memberOf(value, 'transaction'), memberOf(client, 'getConnection')];
  return (
    methods.every((one) => typeof one === 'function') && memberOf(client, 'pool') !== undefined
  );
}
