import type { SchemaVersion } from '../tracking/store/schema-version.js';

/** Made first: the table that says how far the others have come. */
export const first = `CREATE TABLE IF NOT EXISTS glomopay_migrations (
  version integer PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT statement_timestamp()
)`;

/**
 * The schema, version by version; a version that was released never changes. No column has room for
 * card data. The unique indexes hold what money depends on even against a fault of ours: an object
 * of the gateway belongs to one record, whatever its kind (a payment that was collected is none that we
 * started), and an order is paid once, by movements of whatever kind.
 */
export const versions: readonly SchemaVersion[] = [
  {
    compatibleFrom: 1,
    statements: [
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
  },
  {
    compatibleFrom: 2,
    statements: [
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
  },
  {
    // One table for movements of every kind. A process of version 2 knows payments only, and would take
    // a refund for one that never arrived: the new name keeps it out. No table is written anew: columns
    // get names, or a constant default; only rows of subscriptions are touched, and four indexes are made.
    compatibleFrom: 3,
    statements: [
      `ALTER TABLE glomopay_migrations ADD COLUMN compatible_from integer`,
      `CREATE TABLE glomopay_handlers (
        account text COLLATE "C" NOT NULL,
        kind text COLLATE "C" NOT NULL,
        handler text COLLATE "C" NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (account, kind, handler)
      )`,
      `ALTER TABLE glomopay_payments RENAME TO glomopay_movements`,
      `ALTER TABLE glomopay_movements RENAME COLUMN order_id TO subject_id`,
      `ALTER TABLE glomopay_movements RENAME COLUMN payment_id TO object_id`,
      `ALTER TABLE glomopay_movements ADD COLUMN kind text COLLATE "C" NOT NULL DEFAULT 'payment',
        ADD COLUMN exclusive boolean NOT NULL DEFAULT true,
        ADD COLUMN scheduled_at timestamptz,
        ADD COLUMN leased boolean NOT NULL DEFAULT false,
        ADD COLUMN resolution text,
        ADD COLUMN resolved_by text,
        ADD COLUMN resolution_note text`,
      `ALTER TABLE glomopay_movements ALTER COLUMN kind DROP DEFAULT,
        ALTER COLUMN exclusive DROP DEFAULT,
        ALTER COLUMN scheduled_at SET DEFAULT statement_timestamp(),
        DROP CONSTRAINT glomopay_payments_pkey`,
      `DROP INDEX glomopay_payments_paid`,
      `UPDATE glomopay_movements SET subject_id = subscription_id, exclusive = false
        WHERE subject_id IS NULL`,
      `ALTER TABLE glomopay_movements DROP COLUMN subscription_id,
        ADD CONSTRAINT glomopay_movements_pkey PRIMARY KEY (account, kind, request_id)`,
      `CREATE UNIQUE INDEX glomopay_movements_paid ON glomopay_movements (account, subject_id)
        WHERE exclusive AND state = 'succeeded'`,
      ...Object.entries({
        payment: 'object',
        order: 'subject',
        due: 'due',
        attention: 'attention',
      }).map(
        ([old, name]) =>
          `ALTER INDEX glomopay_payments_${old} RENAME TO glomopay_movements_${name}`,
      ),
      `CREATE INDEX glomopay_movements_open ON glomopay_movements (account, kind)
        WHERE state IN ('created', 'attempted')`,
      `CREATE INDEX glomopay_movements_created ON glomopay_movements (account, created_at)`,
      // A longer one does not fit into a page of the index, and its record has to be written all the same.
      `CREATE INDEX glomopay_movements_reference
        ON glomopay_movements (account, reference, created_at)
        WHERE reference COLLATE "C" <> request_id AND octet_length(reference) <= 1000`,
      // Lines are written and purged, never changed. Numbers first: nothing is padded between texts.
      `CREATE TABLE glomopay_history (
        at timestamptz NOT NULL,
        version integer NOT NULL,
        account text COLLATE "C" NOT NULL,
        kind text COLLATE "C" NOT NULL,
        request_id text COLLATE "C" NOT NULL,
        from_state text,
        to_state text NOT NULL,
        reason text,
        gateway_status text,
        object_id text,
        witness text NOT NULL,
        witness_id text,
        note text,
        PRIMARY KEY (account, kind, request_id, version)
      )`,
      `CREATE INDEX glomopay_history_at ON glomopay_history (account, at)`,
      `ALTER TABLE glomopay_events ADD COLUMN scheduled_at timestamptz,
        ADD COLUMN leased boolean NOT NULL DEFAULT false`,
      `ALTER TABLE glomopay_events ALTER COLUMN scheduled_at SET DEFAULT statement_timestamp()`,
    ],
  },
];
