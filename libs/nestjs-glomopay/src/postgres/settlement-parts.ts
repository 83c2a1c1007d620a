import { endOfHour, keyOf } from './event-key-sql.js';
import { columns, isKey } from './movement-columns.js';
import { ms, NOW } from './sql-parts.js';

/** The other movements of the subject that have succeeded; one row, by the index of the subject. */
export const around = `
  SELECT coalesce(bool_or(p.exclusive AND o.exclusive), false) AS paid_already,
    count(*) FILTER (WHERE o.kind = p.kind) AS succeeded_count,
    least(coalesce(sum(o.amount) FILTER (WHERE o.kind = p.kind AND o.currency = p.currency), 0),
      ${Number.MAX_SAFE_INTEGER}) AS succeeded_amount
  FROM glomopay_movements o
  WHERE o.account = p.account AND o.subject_id = p.subject_id AND o.state = 'succeeded'
    AND (o.kind, o.request_id) <> (p.kind, p.request_id)`;

export const withAround = `${columns}, s.paid_already::int::text AS paid_already,
  s.succeeded_count::text AS succeeded_count, s.succeeded_amount::text AS succeeded_amount`;

/** By the table itself, whatever it is called here: other tables of the database have other locks. */
export const ownTable = `'glomopay_movements'::regclass::oid::bigint`;
/** What settlements wait for each other about: the subject, or the record itself where it has none. */
export const subjectOf = (alias: string): string =>
  `coalesce(${alias}.subject_id, ${alias}.kind || ' ' || ${alias}.request_id)`;

/**
 * First statement of a settlement: whoever settles anything of the subject waits here for its turn, then
 * for the record. A statement sees what was committed before it began, and a locked row as it stands. So
 * the record is current, but what the settlement that had the lock before has done to *other* records may
 * be missing. A change is therefore written only where what it was decided on holds (`updateRecord`,
 * which begins when the lock is held), and a decision to write nothing is taken again (`look`).
 *
 * @param held Takes the lock, and gives one row with `durable`, `forgotten` and `locked`.
 */
export const lockBy = (held: string): string => `
  WITH held AS ${held}
  SELECT ${withAround}, held.durable, held.forgotten, held.locked
  FROM held CROSS JOIN glomopay_movements p CROSS JOIN LATERAL (${around}) s
  WHERE ${isKey} FOR UPDATE OF p`;

/** What a change is made of: `ChangeColumns`, then `LineColumns` and an event, which may be missing. */
const change = `SELECT * FROM json_to_record($1::text::json) AS c (account text, kind text,
    request_id text, version integer, paid_already boolean, succeeded_count bigint,
    succeeded_amount numeric, state text, reason text, object_id text, gateway_status text,
    compliance_status text, funds_available boolean, error_code text, error_description text,
    resolution text, resolved_by text, resolution_note text, needs_person boolean, open boolean,
    next_check_ms float8, from_state text, witness text, witness_id text, note text,
    event_account text, event_id text, event_body text)`;

/** Gives nothing where another version of the record stands, or other movements beside it. */
const changed = `
  UPDATE glomopay_movements p SET state = c.state, reason = c.reason, object_id = c.object_id,
    gateway_status = c.gateway_status, compliance_status = c.compliance_status,
    funds_available = c.funds_available, error_code = c.error_code,
    error_description = c.error_description, resolution = c.resolution,
    resolved_by = c.resolved_by, resolution_note = c.resolution_note, needs_person = c.needs_person,
    version = p.version + 1, updated_at = statement_timestamp(),
    next_check_at = CASE WHEN c.open
      THEN statement_timestamp() + c.next_check_ms * interval '1 millisecond' END,
    scheduled_at = statement_timestamp(), leased = false
  FROM c
  WHERE p.account = c.account AND p.kind = c.kind AND p.request_id = c.request_id
    AND p.version = c.version
    AND (c.paid_already, c.succeeded_count, c.succeeded_amount) = (${around})
  RETURNING p.*`;

/**
 * A line that is there was left by a record that somebody has deleted: no reason to lose an outcome. The
 * conflict names no columns: a table that is partitioned has another primary key.
 */
const line = `
  INSERT INTO glomopay_history (account, kind, request_id, version, at, from_state, to_state, reason,
    gateway_status, object_id, witness, witness_id, note)
  SELECT p.account, p.kind, p.request_id, p.version, p.updated_at, c.from_state, p.state, p.reason,
    p.gateway_status, p.object_id, c.witness, c.witness_id, c.note
  FROM changed p CROSS JOIN c WHERE c.witness IS NOT NULL
  ON CONFLICT DO NOTHING`;

const key = `
  INSERT INTO glomopay_event_keys AS n (received_by, key, account)
  SELECT ${endOfHour('statement_timestamp()')}, ${keyOf('c.event_id')}, c.event_account FROM changed CROSS JOIN c
  ON CONFLICT (account, key) DO NOTHING
  RETURNING n.key`;

const event = `
  INSERT INTO glomopay_events (account, id, received_at, next_try_at, body)
  SELECT c.event_account, c.event_id, ${NOW}, ${NOW}, c.event_body::bytea
  FROM key CROSS JOIN c
  ON CONFLICT DO NOTHING`;

/** A change, and with it what it leaves behind, in one statement; of the record only its new times come back. */
const updateWith = (parts: Readonly<Record<string, string>>): string => `
  WITH ${Object.entries({ c: change, changed, ...parts })
    .map(([name, statement]) => `${name} AS (${statement})`)
    .join(', ')}
  SELECT ${ms('updated_at')}, ${ms('next_check_at')} FROM changed p`;

/** The three of them, each with whatever else is to happen where something was changed. */
export const updatesWith = (parts: Readonly<Record<string, string>>) => ({
  updateRecord: updateWith(parts),
  updateWithLine: updateWith({ line, ...parts }),
  updateWithEvent: updateWith({ line, key, event, ...parts }),
});
