import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { ownSchema } from './postgres-schema.mjs';
import { postgresGrowth } from './postgres-growth.mjs';

/** What the handler of an outcome does, by hand and through the tracker. */
const purchase = (client, reference) =>
  client.query('INSERT INTO purchases (reference) VALUES ($1)', [reference]);

/** What rows about the store do on Postgres: the store, and the same by hand on its pool. */
export const postgres = {
  name: 'Postgres',
  whyInbox:
    'Flushes to the disk are what is shared. Where a flush is quick, or other processes want the CPU, what remains is work: the verification, the hash, and a row that is written to three indexes, where the other side writes one. At 1 in flight nothing is shared.',
  whyOutcome:
    'The tracker reads the record by the payment first, which is a round trip of its own; its lock and its change look at every payment of the order; and a record has more columns and indexes than the row by hand (see the README).',
  ...postgresGrowth,
  ownPlace: ownSchema,
  /** Its store, on an adapter that may be wrapped. */
  storeOn: (pool, wrap = (adapter) => adapter) => new PostgresTrackingStore(wrap(pgAdapter(pool))),

  /** What a host writes without an inbox: a table with a key and the body, one row per transaction. */
  async eventsByHand(pool) {
    await pool.query(
      `CREATE TABLE events_by_hand (id text PRIMARY KEY, body bytea NOT NULL,
       received_at timestamptz NOT NULL DEFAULT now())`,
    );
    return async (id, body) => {
      const { rowCount } = await pool.query(
        'INSERT INTO events_by_hand (id, body) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [id, body],
      );
      return rowCount === 1;
    };
  },

  /** Payments, and the purchases that an outcome writes on both sides. */
  async outcomesByHand(pool) {
    await pool.query('CREATE TABLE purchases (id bigserial PRIMARY KEY, reference text NOT NULL)');
    await pool.query(
      `CREATE TABLE payments_by_hand (id text PRIMARY KEY, order_id text NOT NULL, state text NOT NULL,
       amount bigint NOT NULL, currency text NOT NULL, updated_at timestamptz NOT NULL DEFAULT now())`,
    );
    return {
      purchase,
      prepare: (numbers) =>
        pool.query(
          `INSERT INTO payments_by_hand (id, order_id, state, amount, currency)
           SELECT 'payt_' || n, 'order_' || n, 'attempted', 1000, 'USD' FROM unnest($1::int[]) AS n`,
          [numbers],
        ),
      async finish(number) {
        const client = await pool.connect();
        try {
          await client.query('BEGIN');
          const { rows } = await client.query(
            'SELECT state FROM payments_by_hand WHERE id = $1 FOR UPDATE',
            [`payt_${number}`],
          );
          if (rows[0]?.state !== 'attempted') throw new Error('not open');
          await client.query(
            "UPDATE payments_by_hand SET state = 'succeeded', updated_at = now() WHERE id = $1",
            [`payt_${number}`],
          );
          await purchase(client, `reference-${number}`);
          await client.query('COMMIT');
        } finally {
          client.release();
        }
      },
    };
  },

  /** A table that is minutes old has been counted by Postgres; until then plans are those of an empty one. */
  count: (pool) => pool.query('ANALYZE'),
};
