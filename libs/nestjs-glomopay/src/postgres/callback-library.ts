import { Connections } from './connections.js';
import type { HeldConnection } from './held-connection.js';
import { isEmitter, memberOf } from '../tracking/store/sql/connections/emitter.js';
import { endClient } from './pg-internals.js';
import { pgConnections, type PgClient, type PgPool } from './pg.adapter.js';
import { PoolWatch } from '../tracking/store/sql/connections/pool-watch.js';
import type { PostgresAdapter, PostgresQuery } from './postgres-adapter.js';
import {
  inTime,
  NoAnswerError,
  TIME_LIMITS,
} from '../tracking/store/sql/connections/time-limits.js';
import {
  heldTransaction,
  type CallbackTransactions,
} from '../tracking/store/sql/libraries/callback-transaction.js';

type Asked = Parameters<PostgresQuery>;
type Answer = Awaited<ReturnType<PostgresQuery>>;

/** A database library that takes connections by itself and runs transactions around a callback. */
export interface CallbackLibrary<Tx> extends CallbackTransactions<Tx, Asked, Answer> {
  /** The pool of `pg` underneath; anything else when there is none, or none that we are shown. */
  readonly pool: unknown;
  /** Runs a statement by itself. */
  readonly query: PostgresQuery;
}

/**
 * The adapter over such a library. With its pool of `pg` the store knows which client a transaction
 * has, and keeps every promise of `Connections`; single statements go to the pool itself. Without,
 * it stops waiting in time, and dead or silent connections are the library's to replace.
 */
export function callbackAdapter<Tx>(
  library: CallbackLibrary<Tx>,
  limits = TIME_LIMITS,
): PostgresAdapter<Tx> {
  const pool = isPool(library.pool) ? library.pool : undefined;
  PoolWatch.over(pool)?.listenAlways(pool);
  const source = {
    pool: () => pool,
    take: () => begin(library, pool),
  };
  const { transaction } = new Connections<Tx>(source, limits);
  return {
    query: pool ? pgConnections(pool, { prepare: false }, limits).query : alone,
    transaction,
  };

  function alone(...statement: Parameters<PostgresQuery>): ReturnType<PostgresQuery> {
    const late = () => new NoAnswerError('Postgres did not answer', limits.answerMs);
    return inTime(library.query(...statement), limits.answerMs, late);
  }
}

function begin<Tx>(
  library: CallbackLibrary<Tx>,
  pool: PgPool<PgClient> | undefined,
): Promise<HeldConnection<Tx>> {
  // The library would take one of them, and we could not tell which.
  PoolWatch.over(pool)?.dropSuspects(pool);
  return heldTransaction(library, {
    clientBehind: (query) => clientBehind(pool, query),
    endClient,
    // Not every library tells a COMMIT that Postgres turned into a ROLLBACK; this fails then.
    beforeCommit: (query) => query('SELECT 1', []),
  });
}

/** The client that the library has taken, by the process of the server that it speaks with. */
async function clientBehind(
  pool: PgPool<PgClient> | undefined,
  query: PostgresQuery,
): Promise<unknown> {
  const clients = memberOf(pool, '_clients');
  if (!Array.isArray(clients)) return undefined;
  const [row] = await query('SELECT pg_backend_pid()::text AS pid', []);
  // `pg-pool` makes a new list when a client goes.
  const now = memberOf(pool, '_clients');
  const client: unknown = Array.isArray(now)
    ? now.find((one) => String(memberOf(one, 'processID')) === row?.['pid'])
    : undefined;
  PoolWatch.over(pool)?.hear(client);
  return client;
}

function isPool(value: unknown): value is PgPool<PgClient> {
  return isEmitter(value) && 'connect' in value && 'totalCount' in value;
}
