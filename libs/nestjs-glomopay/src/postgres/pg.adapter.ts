import { createHash } from 'node:crypto';
import { OptionChecks } from '../config/option-checks.js';
import { Connections } from './connections.js';
import { rowsOf, type PostgresAdapter, type PostgresQuery } from './postgres-adapter.js';
import { namingPrepare } from './prepared-statement-error.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';

interface Queryable {
  query(config: {
    name?: string;
    text: string;
    values?: unknown[];
  }): Promise<{ rows: unknown[]; command?: string }>;
}

/** How the adapter speaks to Postgres. */
export interface PgAdapterOptions {
  /**
   * Whether statements are prepared once per connection, which nearly doubles the outcomes a second.
   * Switch it off behind a pooler that gives each transaction another connection and cannot follow
   * prepared statements (PgBouncer before 1.21). @defaultValue true
   */
  readonly prepare?: boolean;
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
export function pgAdapter<Client extends PgClient>(
  pool: PgPool<Client>,
  options: PgAdapterOptions = {},
): PostgresAdapter<Client> {
  return pgConnections(pool, options);
}

/** The same with other time limits, for tests. */
export function pgConnections<Client extends PgClient>(
  pool: PgPool<Client>,
  options: PgAdapterOptions,
  limits?: TimeLimits,
): PostgresAdapter<Client> {
  const prepare = checkedPrepare(options);
  const source = {
    pool: () => pool,
    async take() {
      const client = await pool.connect();
      return {
        client,
        query: queryOf(client, prepare),
        async begin() {
          await client.query({ text: 'BEGIN ISOLATION LEVEL READ COMMITTED' });
          return client;
        },
        async commit() {
          const { command } = await client.query({ text: 'COMMIT' });
          if (command === 'ROLLBACK') throw new SwallowedFailureError();
        },
        rollback: () => client.query({ text: 'ROLLBACK' }),
        giveBack: (failure: Error | undefined) => client.release(failure),
      };
    },
  };
  return new Connections<Client>(source, limits);
}

/** @throws {GlomopayConfigurationError} an option that is none, or a text such as `'false'`. */
function checkedPrepare(options: unknown): boolean {
  const checks = new OptionChecks();
  const given = checks.group('pgAdapter', options, ['prepare']);
  const prepare = checks.flag('pgAdapter.prepare', given['prepare'], true);
  checks.assertNone();
  return prepare;
}

function queryOf(queryable: Queryable, prepare: boolean): PostgresQuery {
  return async (text, params) => {
    // Only a statement with parameters: migrations are several in one text, which cannot be prepared.
    const name = prepare && params.length > 0 ? { name: nameOf(text) } : {};
    try {
      return rowsOf(await queryable.query({ ...name, text, values: [...params] }));
    } catch (thrown) {
      throw namingPrepare(thrown);
    }
  };
}

const names = new Map<string, string>();

/** By content: two versions of this library on one connection must not take each other's statements. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `glomopay_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

class SwallowedFailureError extends Error {
  constructor() {
    super('A statement failed inside the transaction and nobody rethrew it; nothing was committed');
    this.name = 'SwallowedFailureError';
  }
}
