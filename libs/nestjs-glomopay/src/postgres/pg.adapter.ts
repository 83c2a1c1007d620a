import { rowsOf, type PostgresAdapter, type PostgresQuery } from './postgres-adapter.js';

interface Queryable {
  query(text: string, params?: unknown[]): Promise<{ rows: unknown[]; command?: string }>;
}

/** A client of a pool, as in `pg`. */
export interface PgClient extends Queryable {
  release(failure?: Error | boolean): void;
}

/** A pool, as in `pg`. */
export interface PgPool<Client extends PgClient> extends Queryable {
  connect(): Promise<Client>;
}

/**
 * Keeps tracked payments through a pool of `pg`; the pool stays yours to end. Outcome handlers get
 * the `PoolClient` of the transaction.
 *
 * A settlement holds one client while handlers run: let them write through it, and give the pool a
 * `max` above 1.
 *
 * @example
 * new PostgresTrackingStore(pgAdapter<PoolClient>(pool));
 */
export function pgAdapter<Client extends PgClient>(pool: PgPool<Client>): PostgresAdapter<Client> {
  return {
    query: queryOf(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
        const result = await work(client, queryOf(client));
        const { command } = await client.query('COMMIT');
        if (command === 'ROLLBACK') throw new SwallowedFailureError();
        return result;
      } catch (thrown) {
        broken = await client.query('ROLLBACK').then(() => undefined, asError);
        throw thrown;
      } finally {
        client.release(broken);
      }
    },
  };
}

function queryOf(queryable: Queryable): PostgresQuery {
  return async (text, params) => rowsOf(await queryable.query(text, [...params]));
}

class SwallowedFailureError extends Error {
  constructor() {
    super('A statement failed inside the transaction and nobody rethrew it; nothing was committed');
    this.name = 'SwallowedFailureError';
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('The connection is broken');
}
