import { afterEach, beforeEach, describe, it } from '@jest/globals';
import { Pool, type PoolClient } from 'pg';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import { one, rival } from '../../test/settlement-rivals.js';
import { upTo } from '../testing/contract/harness.js';
import { pgAdapter } from './pg.adapter.js';
import type { PostgresLocks } from './postgres-store-options.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';

const suite = (await isPostgresThere()) ? describe.each : describe.skip.each;
const everyLock: readonly PostgresLocks[] = ['advisory', 'rows'];

suite(everyLock)(
  `Rivals for movements of the same subjects, by %s locks on ${postgresPlace}`,
  (locks) => {
    let schema: PostgresSchema;
    let pools: Pool[];
    let stores: PostgresTrackingStore<PoolClient>[];
    beforeEach(async () => {
      schema = await aPostgresSchema();
      // As four processes, of which two have sessions of another isolation.
      pools = upTo(4).map((n) => {
        const settings = n < 2 ? '' : '-c default_transaction_isolation=serializable';
        return new Pool({ ...schema.config(settings), max: 6 });
      });
      stores = pools.map(
        (pool) => new PostgresTrackingStore(pgAdapter<PoolClient>(pool), { locks }),
      );
      await one(stores).migrate();
    });
    afterEach(async () => {
      for (const pool of pools) await pool.end();
      await schema.drop();
    });

    it(
      'are told each outcome once, pay nothing twice, and leave whole histories',
      () =>
        rival<PoolClient>({
          stores,
          nap: (tx, seconds) => tx.query('SELECT pg_sleep($1)', [seconds]),
          write: (tx, line) => tx.query('INSERT INTO lines VALUES ($1)', [line]),
          lines: () => schema.lines(),
          refundedTooMuch: async () =>
            (
              await schema.host.query(`SELECT * FROM (
      SELECT h.witness, row_number() OVER (PARTITION BY m.subject_id ORDER BY h.at) AS nth
      FROM glomopay_history h JOIN glomopay_movements m USING (account, kind, request_id)
      WHERE kind = 'refund' AND to_state = 'succeeded' AND from_state <> 'succeeded') s
      WHERE nth > 3 AND witness <> 'person'`)
            ).rows,
          locks: async () => (await schema.host.query('SELECT * FROM glomopay_locks')).rows,
        }),
      60_000,
    );
  },
);
