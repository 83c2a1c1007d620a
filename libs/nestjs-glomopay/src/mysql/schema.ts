import type { SchemaVersion } from '../tracking/store/schema-version.js';

/** The end of every table: locks by row, indexes of keys as long as ours, texts outside of the row. */
const TABLE = 'ENGINE = InnoDB ROW_FORMAT = DYNAMIC';

/** Bytes that a text has room for which is part of an index. */
export const ROOM = { account: 255, kind: 64, id: 1024 } as const;

/** How much of a reference is in its index: a text without an end has none. */
export const REFERENCE_BYTES = 64;

const account = `VARBINARY(${ROOM.account})`;
const word = `VARBINARY(${ROOM.kind})`;
const id = `VARBINARY(${ROOM.id})`;

/** Made first: the table that says how far the others have come. */
export const first = `CREATE TABLE IF NOT EXISTS glomopay_migrations (
  version INTEGER NOT NULL PRIMARY KEY,
  applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  compatible_from INTEGER NULL
) ${TABLE}`;

/** The version that this database begins with. */
export const OLDEST = 3;

/**
 * The schema, version by version; a version that was released never changes. No column has room for
 * card data. Every step can be done again after it was done in part, since MySQL commits each by itself.
 *
 * - Texts are bytes in UTF-8 (`VARBINARY`, `LONGBLOB`): a collation would take two ids for one (`r` and
 *   `r` with a space behind it are the same in `utf8mb4_bin`), and a `JSON` column would change a body.
 *   What is no key has room without end, so that no session without a strict `sql_mode` cuts it.
 * - Times are milliseconds since the Unix epoch, flags 0 or 1.
 * - The unique keys hold what money depends on even against a fault of ours: an object of the gateway
 *   belongs to one record, whatever its kind, and an order is paid once, by movements of whatever kind.
 *   An index of some rows only is not to be had here; a generated column that is NULL in all others is
 *   the same. So does the index of references: most are the request id, which has one.
 */
export const versions: readonly SchemaVersion[] = [
  {
    compatibleFrom: 3,
    statements: [
      `CREATE TABLE IF NOT EXISTS glomopay_movements (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account ${account} NOT NULL,
  kind ${word} NOT NULL,
  request_id ${id} NOT NULL,
  reference LONGBLOB NOT NULL,
  subject_id ${id} NULL,
  exclusive TINYINT NOT NULL,
  amount BIGINT NOT NULL,
  currency LONGBLOB NOT NULL,
  state ${word} NOT NULL DEFAULT 'created',
  reason ${word} NULL,
  object_id ${id} NULL,
  gateway_status LONGBLOB NULL,
  compliance_status LONGBLOB NULL,
  funds_available TINYINT NOT NULL DEFAULT 0,
  error_code LONGBLOB NULL,
  error_description LONGBLOB NULL,
  needs_person TINYINT NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  checks INTEGER NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  next_check_at BIGINT NULL,
  scheduled_at BIGINT NULL,
  leased TINYINT NOT NULL DEFAULT 0,
  resolution ${word} NULL,
  resolved_by LONGBLOB NULL,
  resolution_note LONGBLOB NULL,
  other_reference VARBINARY(${REFERENCE_BYTES}) GENERATED ALWAYS AS
    (CASE WHEN reference <> request_id THEN LEFT(reference, ${REFERENCE_BYTES}) END) STORED,
  paid_subject ${id} GENERATED ALWAYS AS
    (CASE WHEN exclusive = 1 AND state = 'succeeded' THEN subject_id END) STORED,
  UNIQUE KEY glomopay_movements_key (account, kind, request_id),
  UNIQUE KEY glomopay_movements_object (account, object_id),
  UNIQUE KEY glomopay_movements_paid (account, paid_subject),
  KEY glomopay_movements_subject (account, subject_id, created_at),
  KEY glomopay_movements_reference (account, other_reference),
  KEY glomopay_movements_due (account, next_check_at),
  KEY glomopay_movements_attention (account, needs_person, created_at),
  KEY glomopay_movements_scheduled (scheduled_at),
  KEY glomopay_movements_open (account, state, kind),
  KEY glomopay_movements_created (account, created_at)
) ${TABLE}`,
      // Whoever settles anything of a subject waits for its row here: not for the movements themselves,
      // which others go on to claim and to reschedule while a handler runs.
      `CREATE TABLE IF NOT EXISTS glomopay_locks (
  account ${account} NOT NULL,
  subject_id ${id} NOT NULL,
  PRIMARY KEY (account, subject_id)
) ${TABLE}`,
      // By the number of a movement, which is never given again: a key of text would be most of a line.
      `CREATE TABLE IF NOT EXISTS glomopay_history (
  movement BIGINT UNSIGNED NOT NULL,
  version INTEGER NOT NULL,
  account ${account} NOT NULL,
  at BIGINT NOT NULL,
  from_state ${word} NULL,
  to_state ${word} NOT NULL,
  reason ${word} NULL,
  gateway_status LONGBLOB NULL,
  object_id ${id} NULL,
  witness ${word} NOT NULL,
  witness_id LONGBLOB NULL,
  note LONGBLOB NULL,
  PRIMARY KEY (movement, version),
  KEY glomopay_history_at (account, at)
) ${TABLE}`,
      `CREATE TABLE IF NOT EXISTS glomopay_events (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account ${account} NOT NULL,
  id VARBINARY(70) NOT NULL,
  received_at BIGINT NOT NULL,
  type LONGBLOB NULL,
  object_id ${id} NULL,
  state ${word} NOT NULL DEFAULT 'open',
  reason LONGBLOB NULL,
  next_try_at BIGINT NULL,
  scheduled_at BIGINT NULL,
  leased TINYINT NOT NULL DEFAULT 0,
  token INTEGER NOT NULL DEFAULT 0,
  body LONGBLOB NOT NULL,
  UNIQUE KEY glomopay_events_key (account, id),
  KEY glomopay_events_due (account, state, next_try_at),
  KEY glomopay_events_received (account, state, received_at),
  KEY glomopay_events_object (account, object_id, received_at),
  KEY glomopay_events_at (account, received_at),
  KEY glomopay_events_scheduled (scheduled_at)
) ${TABLE}`,
      // Which events are known, also when they have been purged: an event is one because of this table.
      `CREATE TABLE IF NOT EXISTS glomopay_event_keys (
  account ${account} NOT NULL,
  \`key\` BINARY(16) NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (account, \`key\`),
  KEY glomopay_event_keys_age (account, received_at)
) ${TABLE}`,
      `CREATE TABLE IF NOT EXISTS glomopay_event_handlers (
  account ${account} NOT NULL,
  event_id VARBINARY(70) NOT NULL,
  handler ${id} NOT NULL,
  state ${word} NOT NULL,
  tries INTEGER NOT NULL,
  error LONGBLOB NULL,
  PRIMARY KEY (account, event_id, handler)
) ${TABLE}`,
      `CREATE TABLE IF NOT EXISTS glomopay_handlers (
  account ${account} NOT NULL,
  kind ${word} NOT NULL,
  handler ${id} NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (account, kind, handler)
) ${TABLE}`,
    ],
  },
];
