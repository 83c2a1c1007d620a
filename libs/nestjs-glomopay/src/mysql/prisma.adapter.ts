import { OptionChecks } from '../config/option-checks.js';
import { whole } from '../tracking/store/row.js';
import { Connections } from '../tracking/store/sql/connections/connections.js';
import { PoolWatch } from '../tracking/store/sql/connections/pool-watch.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import { heldTransaction } from '../tracking/store/sql/libraries/callback-transaction.js';
import {
  prismaTransaction,
  type PrismaDatabase,
  type PrismaRunner,
} from '../tracking/store/sql/libraries/prisma-database.js';
import { DRIVER, endClient } from './connections.js';
import type { Asked } from './held-connection.js';
import { MariadbClients } from './mariadb-clients.js';
import { mariadbConnections, type MariadbConnection, type MariadbPool } from './mariadb.adapter.js';
import type { MysqlAdapter, MysqlAnswer, MysqlQuery } from './mysql-adapter.js';

/** What the adapter gets beside the client. */
export interface PrismaMysqlAdapterOptions {
  /**
   * The pool of `mariadb` that you gave to `PrismaMariaDb`: Prisma shows it to nobody. Without it every
   * statement of the store is a transaction of its own, of four messages instead of one, and a connection that
   * goes silent keeps its place in the pool until the network gives up on it.
   *
   * @defaultValue none, for a pool that Prisma makes for itself
   */
  readonly pool?: MariadbPool<MariadbConnection>;
}

/** Prisma gives rows, or how many were written, and must be asked for the right one. */
const READS = /^\s*(?:SELECT|SHOW|WITH)\b/i;

/**
 * Keeps tracked payments through a `PrismaClient` over `@prisma/adapter-mariadb`. Outcome handlers get Prisma's
 * own transaction client, `Prisma.TransactionClient`.
 *
 * For MySQL make the driver adapter with `{ useTextProtocol: true }`: it prepares statements otherwise, and
 * MySQL prepares no `SAVEPOINT`.
 *
 * @throws {GlomopayConfigurationError} an option that is none.
 * @example
 * const prisma = new PrismaClient({ adapter: new PrismaMariaDb(pool, { useTextProtocol: true }) });
 * new MysqlTrackingStore(prismaMysqlAdapter(prisma, { pool }));
 */
export function prismaMysqlAdapter<Tx extends PrismaRunner>(
  client: PrismaDatabase<Tx>,
  options: PrismaMysqlAdapterOptions = {},
): MysqlAdapter<Tx> {
  return prismaMysqlConnections(client, options);
}

/** The same with other time limits, for tests. */
export function prismaMysqlConnections<Tx extends PrismaRunner>(
  client: PrismaDatabase<Tx>,
  options: PrismaMysqlAdapterOptions,
  limits?: TimeLimits,
): MysqlAdapter<Tx> {
  const checks = new OptionChecks();
  checks.group('prismaMysqlAdapter', options, ['pool']);
  checks.assertNone();
  const { pool } = options;
  const clients = pool && MariadbClients.ofPool(pool);
  const library = {
    transaction: (work: (tx: Tx) => Promise<void>) => prismaTransaction(client, work),
    queryIn: queryOf,
  };
  const source = {
    pool: () => pool && MariadbClients.poolOver(pool),
    take() {
      // Prisma would take one of them, and we could not tell which.
      clients?.dropSuspects(PoolWatch.over(source.pool()));
      return heldTransaction<Tx, Asked, MysqlAnswer>(library, {
        clientBehind: async (query) => clients && clients.taken(await threadOf(query)),
        endClient,
      });
    },
  };
  // A transaction says itself what it is: its session needs no look.
  const { transaction } = new Connections<Tx, Asked, MysqlAnswer>(source, DRIVER, limits);
  return {
    query: pool
      ? mariadbConnections(pool, limits).query
      : (text) => transaction((_, query) => query(text)),
    transaction,
  };
}

async function threadOf(query: MysqlQuery): Promise<number> {
  const { rows } = await query('SELECT CONNECTION_ID() AS id');
  return whole(Object(rows[0]), 'id');
}

function queryOf(runner: PrismaRunner): MysqlQuery {
  return async (text) => {
    if (!READS.test(text))
      return { rows: [], affected: Number(await runner.$executeRawUnsafe(text)) };
    const rows: unknown = await runner.$queryRawUnsafe(text);
    return { rows: Array.isArray(rows) ? rows : [], affected: 0 };
  };
}
