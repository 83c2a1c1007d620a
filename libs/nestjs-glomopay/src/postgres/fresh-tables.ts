import { SCHEMA_VERSION } from '../tracking/store/schema-version.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import { postgresNames } from './postgres-store-options.js';

const key = 'text COLLATE "C" NOT NULL';
const id = 'text COLLATE "C"';

/**
 * The tables as the last version of the schema has them, from nothing. Each statement stands by itself and can be
 * run again: there is no transaction around them, nothing is renamed, and no key is changed, which
 * CockroachDB does not do within a transaction. The version is noted last.
 */
const statements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS glomopay_movements (
    account ${key}, kind ${key}, request_id ${key}, reference text NOT NULL, subject_id ${id},
    exclusive boolean NOT NULL, amount bigint NOT NULL, currency text NOT NULL,
    state text NOT NULL DEFAULT 'created', reason text, object_id ${id}, gateway_status text,
    compliance_status text, funds_available boolean NOT NULL DEFAULT false, error_code text,
    error_description text, needs_person boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1, checks integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT statement_timestamp(), next_check_at timestamptz,
    scheduled_at timestamptz DEFAULT statement_timestamp(), leased boolean NOT NULL DEFAULT false,
    resolution text, resolved_by text, resolution_note text,
    PRIMARY KEY (account, kind, request_id)
  )`,
  `CREATE UNIQUE INDEX IF NOT EXISTS glomopay_movements_object ON glomopay_movements (account, object_id)
    WHERE object_id IS NOT NULL`,
  `CREATE UNIQUE INDEX IF NOT EXISTS glomopay_movements_paid ON glomopay_movements (account, subject_id)
    WHERE exclusive AND state = 'succeeded'`,
  `CREATE INDEX IF NOT EXISTS glomopay_movements_subject
    ON glomopay_movements (account, subject_id, created_at) WHERE subject_id IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS glomopay_movements_due ON glomopay_movements (account, next_check_at)
    WHERE next_check_at IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS glomopay_movements_attention ON glomopay_movements (account, created_at)
    WHERE needs_person`,
  `CREATE INDEX IF NOT EXISTS glomopay_movements_open ON glomopay_movements (account, kind)
    WHERE state IN ('created', 'attempted')`,
  `CREATE INDEX IF NOT EXISTS glomopay_movements_created ON glomopay_movements (account, created_at)`,
  `CREATE INDEX IF NOT EXISTS glomopay_movements_reference
    ON glomopay_movements (account, left(reference, 64)) WHERE reference <> request_id`,
  `CREATE TABLE IF NOT EXISTS glomopay_history (
    at timestamptz NOT NULL, version integer NOT NULL, account ${key}, kind ${key}, request_id ${key},
    from_state text, to_state text NOT NULL, reason text, gateway_status text, object_id text,
    witness text NOT NULL, witness_id text, note text,
    PRIMARY KEY (account, kind, request_id, version)
  )`,
  `CREATE INDEX IF NOT EXISTS glomopay_history_at ON glomopay_history (account, at)`,
  `CREATE TABLE IF NOT EXISTS glomopay_events (
    account ${key}, id ${key}, received_at timestamptz NOT NULL, type text, object_id ${id},
    state ${key} DEFAULT 'open', reason text, next_try_at timestamptz, token bigint NOT NULL DEFAULT 0,
    body bytea, scheduled_at timestamptz DEFAULT statement_timestamp(),
    leased boolean NOT NULL DEFAULT false,
    PRIMARY KEY (account, id)
  )`,
  `CREATE INDEX IF NOT EXISTS glomopay_events_due ON glomopay_events (account, next_try_at)
    WHERE state = 'open'`,
  `CREATE INDEX IF NOT EXISTS glomopay_events_received ON glomopay_events (account, state, received_at)`,
  `CREATE INDEX IF NOT EXISTS glomopay_events_object ON glomopay_events (account, object_id, received_at)
    WHERE object_id IS NOT NULL`,
  `CREATE TABLE IF NOT EXISTS glomopay_event_keys (
    received_by timestamptz NOT NULL, key uuid NOT NULL, account ${key}, PRIMARY KEY (account, key)
  )`,
  `CREATE INDEX IF NOT EXISTS glomopay_event_keys_age ON glomopay_event_keys (account, received_by)`,
  `CREATE TABLE IF NOT EXISTS glomopay_event_handlers (
    account ${key}, event_id ${key}, handler ${key}, state text NOT NULL, tries integer NOT NULL,
    error text, received_at timestamptz NOT NULL,
    PRIMARY KEY (account, event_id, handler, received_at)
  )`,
  `CREATE TABLE IF NOT EXISTS glomopay_handlers (
    account ${key}, kind ${key}, handler ${key}, seen_at timestamptz NOT NULL,
    PRIMARY KEY (account, kind, handler)
  )`,
  `CREATE TABLE IF NOT EXISTS glomopay_locks (account ${key}, subject ${key}, PRIMARY KEY (account, subject))`,
  `CREATE TABLE IF NOT EXISTS glomopay_migrations (
    version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    compatible_from integer
  )`,
  `INSERT INTO glomopay_migrations (version, compatible_from) VALUES (${SCHEMA_VERSION}, ${SCHEMA_VERSION})
    ON CONFLICT (version) DO NOTHING`,
];

/** What makes the tables from nothing, statement by statement, to be run by hand. */
export function freshPostgresTables(names: TableNames = postgresNames({})): string[] {
  return statements.map((statement) => names.in(statement));
}
