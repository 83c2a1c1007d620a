-- What version 1 of the schema was when it was released.
CREATE TABLE IF NOT EXISTS glomopay_migrations (version INTEGER PRIMARY KEY, applied_at TEXT);
CREATE TABLE glomopay_payments (
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
  WHERE needs_person = 1;
INSERT INTO glomopay_migrations VALUES (1, datetime('now'));
