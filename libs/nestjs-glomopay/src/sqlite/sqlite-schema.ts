import type { SchemaVersion } from '../tracking/store/schema-version.js';

/** Made first: the table that says how far the others have come. */
export const first =
  'CREATE TABLE IF NOT EXISTS glomopay_migrations (version INTEGER PRIMARY KEY, applied_at TEXT)';

/**
 * The schema, version by version; a version that was released never changes. No column has room for
 * card data. Dates are milliseconds since the Unix epoch, flags 0 or 1. The unique indexes hold what
 * money depends on even against a fault of ours: an object of the gateway belongs to one record, whatever
 * its kind (a payment that was collected is none that we started), and an order is paid once, by
 * movements of whatever kind.
 */
export const versions: readonly SchemaVersion[] = [
  {
    compatibleFrom: 1,
    statements: [
      `CREATE TABLE glomopay_payments (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    request_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    order_id TEXT,
    subscription_id TEXT,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'created',
    reason TEXT,
    payment_id TEXT,
    gateway_status TEXT,
    compliance_status TEXT,
    funds_available INTEGER NOT NULL DEFAULT 0,
    error_code TEXT,
    error_description TEXT,
    needs_person INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    checks INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    next_check_at INTEGER,
    UNIQUE (account, request_id)
  );
  CREATE UNIQUE INDEX glomopay_payments_payment ON glomopay_payments (account, payment_id)
    WHERE payment_id IS NOT NULL;
  CREATE UNIQUE INDEX glomopay_payments_paid ON glomopay_payments (account, order_id)
    WHERE state = 'succeeded';
  CREATE INDEX glomopay_payments_order ON glomopay_payments (account, order_id, created_at)
    WHERE order_id IS NOT NULL;
  CREATE INDEX glomopay_payments_due ON glomopay_payments (account, next_check_at)
    WHERE next_check_at IS NOT NULL;
  CREATE INDEX glomopay_payments_attention ON glomopay_payments (account, created_at)
    WHERE needs_person = 1`,
    ],
  },
  {
    compatibleFrom: 2,
    statements: [
      // The body comes last: what is beside it is then read without it.
      `CREATE TABLE glomopay_events (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    type TEXT,
    object_id TEXT,
    state TEXT NOT NULL DEFAULT 'open',
    reason TEXT,
    next_try_at INTEGER,
    token INTEGER NOT NULL DEFAULT 0,
    body BLOB,
    UNIQUE (account, id)
  );
  CREATE INDEX glomopay_events_due ON glomopay_events (account, next_try_at)
    WHERE state = 'open';
  CREATE INDEX glomopay_events_received ON glomopay_events (account, state, received_at);
  CREATE INDEX glomopay_events_object ON glomopay_events (account, object_id, received_at)
    WHERE object_id IS NOT NULL;
  CREATE INDEX glomopay_events_purge ON glomopay_events (account, received_at)
    WHERE state <> 'open' AND body IS NOT NULL;
  CREATE TABLE glomopay_event_handlers (
    account TEXT NOT NULL,
    event_id TEXT NOT NULL,
    handler TEXT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    error TEXT,
    PRIMARY KEY (account, event_id, handler)
  ) WITHOUT ROWID`,
    ],
  },
  {
    // One table for movements of every kind. A process of version 2 knows payments only, and would take
    // a refund for one that never arrived: the new name keeps it out. The kind is part of a constraint,
    // which SQLite cannot change in a table that stands, so it is written anew.
    compatibleFrom: 3,
    statements: [
      `ALTER TABLE glomopay_migrations ADD COLUMN compatible_from INTEGER`,
      `CREATE TABLE glomopay_handlers (
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    handler TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (account, kind, handler)
  ) WITHOUT ROWID`,
      `CREATE TABLE glomopay_movements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    request_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    subject_id TEXT,
    exclusive INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'created',
    reason TEXT,
    object_id TEXT,
    gateway_status TEXT,
    compliance_status TEXT,
    funds_available INTEGER NOT NULL DEFAULT 0,
    error_code TEXT,
    error_description TEXT,
    needs_person INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    checks INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    next_check_at INTEGER,
    scheduled_at INTEGER,
    leased INTEGER NOT NULL DEFAULT 0,
    resolution TEXT,
    resolved_by TEXT,
    resolution_note TEXT,
    UNIQUE (account, kind, request_id)
  )`,
      `INSERT INTO glomopay_movements (id, account, kind, request_id, reference, subject_id, exclusive,
    amount, currency, state, reason, object_id, gateway_status, compliance_status, funds_available,
    error_code, error_description, needs_person, version, checks, created_at, updated_at,
    next_check_at)
  SELECT id, account, 'payment', request_id, reference, coalesce(order_id, subscription_id),
    order_id IS NOT NULL, amount, currency, state, reason, payment_id, gateway_status,
    compliance_status, funds_available, error_code, error_description, needs_person, version, checks,
    created_at, updated_at, next_check_at
  FROM glomopay_payments ORDER BY id`,
      `DROP TABLE glomopay_payments`,
      `CREATE UNIQUE INDEX glomopay_movements_object ON glomopay_movements (account, object_id)
    WHERE object_id IS NOT NULL`,
      `CREATE UNIQUE INDEX glomopay_movements_paid ON glomopay_movements (account, subject_id)
    WHERE exclusive = 1 AND state = 'succeeded'`,
      `CREATE INDEX glomopay_movements_subject
    ON glomopay_movements (account, subject_id, created_at) WHERE subject_id IS NOT NULL`,
      `CREATE INDEX glomopay_movements_due ON glomopay_movements (account, next_check_at)
    WHERE next_check_at IS NOT NULL`,
      `CREATE INDEX glomopay_movements_attention ON glomopay_movements (account, created_at)
    WHERE needs_person = 1`,
      `CREATE INDEX glomopay_movements_scheduled ON glomopay_movements (scheduled_at)
    WHERE next_check_at IS NOT NULL`,
      `CREATE INDEX glomopay_movements_open ON glomopay_movements (account, kind)
    WHERE state IN ('created', 'attempted')`,
      `CREATE INDEX glomopay_movements_created ON glomopay_movements (account, created_at)`,
      `CREATE INDEX glomopay_movements_reference
    ON glomopay_movements (account, reference, created_at) WHERE reference <> request_id`,
      // By the number of a movement, which is never given again: a key of text would be most of a line.
      `CREATE TABLE glomopay_history (
    movement INTEGER NOT NULL,
    version INTEGER NOT NULL,
    account TEXT NOT NULL,
    at INTEGER NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    reason TEXT,
    gateway_status TEXT,
    object_id TEXT,
    witness TEXT NOT NULL,
    witness_id TEXT,
    note TEXT,
    PRIMARY KEY (movement, version)
  ) WITHOUT ROWID`,
      `CREATE INDEX glomopay_history_at ON glomopay_history (account, at)`,
      `ALTER TABLE glomopay_events ADD COLUMN scheduled_at INTEGER`,
      `ALTER TABLE glomopay_events ADD COLUMN leased INTEGER NOT NULL DEFAULT 0`,
      `CREATE INDEX glomopay_events_scheduled ON glomopay_events (scheduled_at)
    WHERE state = 'open'`,
    ],
  },
];
