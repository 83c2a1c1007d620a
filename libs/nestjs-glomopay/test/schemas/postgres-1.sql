-- What version 1 of the schema was when it was released.
CREATE TABLE IF NOT EXISTS glomopay_migrations (
  version integer PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT statement_timestamp()
);
CREATE TABLE glomopay_payments (
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
  WHERE needs_person;
INSERT INTO glomopay_migrations (version) VALUES (1);
