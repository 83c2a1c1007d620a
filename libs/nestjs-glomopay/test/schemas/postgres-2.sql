-- What version 2 of the schema was when it was released.
CREATE TABLE glomopay_events (
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
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX glomopay_events_due ON glomopay_events (account, next_try_at)
  WHERE state = 'open';
CREATE INDEX glomopay_events_received ON glomopay_events (account, state, received_at);
CREATE INDEX glomopay_events_object ON glomopay_events (account, object_id, received_at)
  WHERE object_id IS NOT NULL;
CREATE INDEX glomopay_events_purge ON glomopay_events (account, received_at)
  WHERE state <> 'open' AND body IS NOT NULL;
CREATE TABLE glomopay_event_handlers (
  account text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  handler text COLLATE "C" NOT NULL,
  state text NOT NULL,
  tries integer NOT NULL,
  error text,
  PRIMARY KEY (account, event_id, handler)
);
INSERT INTO glomopay_migrations (version) VALUES (2);
