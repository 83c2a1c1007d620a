import { memberOf } from '../tracking/store/sql/connections/emitter.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import {
  prismaTransaction,
  type PrismaDatabase,
  type PrismaRunner,
} from '../tracking/store/sql/libraries/prisma-database.js';
import { callbackAdapter } from './callback-library.js';
import { rowsOf, type PostgresAdapter, type PostgresQuery } from './postgres-adapter.js';

/** Several statements in one text, which only migrations have. */
const SEVERAL = /;\s*\S/;

/**
 * Keeps tracked payments through a `PrismaClient` on Postgres. Outcome handlers get Prisma's own
 * transaction client, `Prisma.TransactionClient`.
 *
 * Make the client over a pool of `pg`: `new PrismaClient({ adapter: new PrismaPg(pool) })`. Then a
 * connection that goes silent is thrown away; over a pool that Prisma makes for itself, or another
 * driver, that is the driver's own business.
 *
 * @example
 * new PostgresTrackingStore(prismaAdapter(prisma));
 */
export function prismaAdapter<Tx extends PrismaRunner>(
  client: PrismaDatabase<Tx>,
): PostgresAdapter<Tx> {
  return prismaConnections(client);
}

/** The same with other time limits, for tests. */
export function prismaConnections<Tx extends PrismaRunner>(
  client: PrismaDatabase<Tx>,
  limits?: TimeLimits,
): PostgresAdapter<Tx> {
  const library = {
    pool: memberOf(memberOf(memberOf(client, '_engineConfig'), 'adapter'), 'externalPool'),
    query: queryOf(client),
    transaction: (work: (tx: Tx) => Promise<void>) => prismaTransaction(client, work),
    queryIn: queryOf,
  };
  return callbackAdapter<Tx>(library, limits);
}

function queryOf(runner: PrismaRunner): PostgresQuery {
  return async (text, params) => {
    if (params.length > 0 || !SEVERAL.test(text)) {
      return rowsOf(await runner.$queryRawUnsafe(text, ...params));
    }
    // Prisma looks for the rows of one statement, and finds those of none.
    await runner.$executeRawUnsafe(text);
    return [];
  };
}
