import { freshPostgresTables } from '../postgres/fresh-tables.js';
import { grantsOf } from '../postgres/grants.js';
import { postgresMigrations } from '../postgres/migrations.js';
import { postgresPartitions } from '../postgres/partitions.js';
import { pgAdapter, type PgClient, type PgPool } from '../postgres/pg.adapter.js';
import { postgresNames } from '../postgres/postgres-store-options.js';
import { PostgresTrackingStore } from '../postgres/postgres-tracking-store.js';
import type { TablePlace } from '../tracking/store/sql/table-place.js';
import type { Dialect } from './dialect.js';
import { classOf, hostDriver, noDriver } from './host-driver.js';

interface Pool extends PgPool<PgClient> {
  on(event: 'error', listener: () => void): unknown;
  end(): Promise<void>;
}

export const postgresDialect: Dialect = {
  schemes: ['postgres://', 'postgresql://'],
  example: 'postgres://user@host/database',
  statements: (from, place) => postgresMigrations(from, postgresNames(place)),
  createSchema,
  oneByOne: (place) => freshPostgresTables(postgresNames(place)),
  partitions: ({ from, months }, place) => [
    'BEGIN',
    ...postgresPartitions({ from, months, ...placeOf(place) }),
    'COMMIT',
  ],
  grants: (place) => grantsOf(postgresNames(place)),
  async open(url, place) {
    const Driver = classOf<Pool>(await hostDriver('pg'), 'Pool') ?? noDriver('pg');
    const pool = new Driver({ connectionString: url, max: 2, application_name: 'nestjs-glomopay' });
    // A connection that dies while it is idle is nobody's unhandled event.
    pool.on('error', () => undefined);
    const store = new PostgresTrackingStore(pgAdapter(pool), placeOf(place));
    return {
      store,
      async createSchema() {
        if (place.schema !== undefined) await pool.query({ text: createSchema(place.schema) });
      },
      close: async () => {
        await store.close();
        await pool.end();
      },
    };
  },
};

/** A schema that was checked has no quotes in it. */
function createSchema(schema: string): string {
  return `CREATE SCHEMA IF NOT EXISTS "${schema}"`;
}

function placeOf({ schema, tablePrefix }: TablePlace) {
  return {
    ...(schema === undefined ? {} : { schema }),
    ...(tablePrefix === undefined ? {} : { tablePrefix }),
  };
}
