import type { PostgresAdapter } from './postgres-adapter.js';

/**
 * The schema, version by version; a version that was released never changes. No column has room for
 * card data. The unique indexes hold what money depends on even against a fault of ours: a payment
 * of the gateway belongs to one record, an order is paid once.
 */
const versions: readonly (readonly string[])[] = [
  [
    `CREATE TABLE glomopay_payments (
      account text COLLATE "C" NOT NULL,
      request_id text COLLATE "C" NOT NULL,
      reference text NOT NULL,
      order_id text COLLATE "C",
      subscription_id text COLLATE "C",
      amount bigint NOT NULL,
      currency text NOT NULL,
      state text NOT NULL DEFAULT 'created',
      reason text,
      payment_id text COLLATE "C",
      gateway_status text,
      compliance_status text,
      funds_available boolean NOT NULL DEFAULT false,
      error_code text,
      error_description text,
      needs_person boolean NOT NULL DEFAULT false,
      version integer NOT NULL DEFAULT 1,
      checks integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT statement_timestamp(),
      updated_at timestamptz NOT NULL DEFAULT statement_timestamp(),
      next_check_at timestamptz,
      PRIMARY KEY (account, request_id)
    )`,
    `CREATE UNIQUE INDEX glomopay_payments_payment ON glomopay_payments (account, payment_id)
      WHERE payment_id IS NOT NULL`,
    `CREATE UNIQUE INDEX glomopay_payments_paid ON glomopay_payments (account, order_id)
      WHERE state = 'succeeded'`,
    `CREATE INDEX glomopay_payments_order ON glomopay_payments (account, order_id, created_at)
      WHERE order_id IS NOT NULL`,
    `CREATE INDEX glomopay_payments_due ON glomopay_payments (account, next_check_at)
      WHERE next_check_at IS NOT NULL`,
    `CREATE INDEX glomopay_payments_attention ON glomopay_payments (account, created_at)
      WHERE needs_person`,
  ],
  [
    // A queue leaves dead rows behind; a fifth of a big table would be too many.
    `CREATE TABLE glomopay_events (
      account text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      received_at timestamptz NOT NULL,
      type text,
      object_id text COLLATE "C",
      state text COLLATE "C" NOT NULL DEFAULT 'open',
      reason text,
      next_try_at timestamptz,
      token bigint NOT NULL DEFAULT 0,
      body bytea,
      PRIMARY KEY (account, id)
    ) WITH (autovacuum_vacuum_scale_factor = 0.02)`,
    `CREATE INDEX glomopay_events_due ON glomopay_events (account, next_try_at)
      WHERE state = 'open'`,
    `CREATE INDEX glomopay_events_received ON glomopay_events (account, state, received_at)`,
    `CREATE INDEX glomopay_events_object ON glomopay_events (account, object_id, received_at)
      WHERE object_id IS NOT NULL`,
    `CREATE INDEX glomopay_events_purge ON glomopay_events (account, received_at)
      WHERE state <> 'open' AND body IS NOT NULL`,
    `CREATE TABLE glomopay_event_handlers (
      account text COLLATE "C" NOT NULL,
      event_id text COLLATE "C" NOT NULL,
      handler text COLLATE "C" NOT NULL,
      state text NOT NULL,
      tries integer NOT NULL,
      error text,
      PRIMARY KEY (account, event_id, handler)
    )`,
  ],
];

/** Brings the tables to this version; another process that starts meanwhile waits and finds them. */
export async function migratePostgres(adapter: PostgresAdapter<unknown>): Promise<void> {
  await adapter.transaction(async (_, query) => {
    await query(`SELECT pg_advisory_xact_lock(hashtextextended('glomopay migrate', 0))::text`, []);
    await query(
      `CREATE TABLE IF NOT EXISTS glomopay_migrations (
        version integer PRIMARY KEY,
        applied_at timestamptz NOT NULL DEFAULT statement_timestamp()
      )`,
      [],
    );
    const [row] = await query(
      'SELECT coalesce(max(version), 0)::text AS version FROM glomopay_migrations',
      [],
    );
    const reached = Number(row?.['version'] ?? 0);
    for (const [index, statements] of versions.entries()) {
      if (index < reached) continue;
      for (const statement of statements) await query(statement, []);
      await query('INSERT INTO glomopay_migrations (version) VALUES ($1)', [index + 1]);
    }
  });
}
