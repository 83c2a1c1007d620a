-- What version 2 of the schema was when it was released.
CREATE TABLE glomopay_events (
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
) WITHOUT ROWID;
INSERT INTO glomopay_migrations VALUES (2, datetime('now'));
