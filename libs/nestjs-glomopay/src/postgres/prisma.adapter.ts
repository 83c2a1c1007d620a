import { callbackAdapter } from './callback-library.js';
import { memberOf } from '../tracking/store/sql/connections/emitter.js';
import { rowsOf, type PostgresAdapter, type PostgresQuery } from './postgres-adapter.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';

/** Whatever runs statements of Prisma. */
export interface PrismaRunner {
  $queryRawUnsafe(text: string, ...params: (string | number)[]): PromiseLike<unknown>;
  $executeRawUnsafe(text: string): PromiseLike<unknown>;
}

/** A client of Prisma. */
export interface PrismaDatabase<Tx extends PrismaRunner> extends PrismaRunner {
  $transaction<T>(
    work: (tx: Tx) => Promise<T>,
    options: { maxWait: number; timeout: number; isolationLevel: 'ReadCommitted' },
  ): Promise<T>;
}

/**
 * Prisma would end a transaction after 5 s; ours are ended by the limits of the store, which are
 * minutes at the most, and the waiting for one by theirs, which is shorter than this.
 */
const TRANSACTION_MS = { maxWait: 60_000, timeout: 3_600_000 };

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
    transaction: (work: (tx: Tx) => Promise<void>) =>
      client.$transaction(work, { ...TRANSACTION_MS, isolationLevel: 'ReadCommitted' }),
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
