import { isReadableRecord } from '../tracking/store/tracked-row.js';
import { durable, forgotten, ms, tookBack } from './sql-parts.js';

/**
 * Every column as text: hosts give their drivers parsers of their own for numbers, flags and dates
 * (Drizzle does), and text is what all of them leave alone.
 */
const columns = `
  p.account, p.kind, p.request_id, p.reference, p.subject_id, p.exclusive::int::text AS exclusive,
  p.amount::text AS amount, p.currency, p.state, p.reason, p.object_id, p.gateway_status,
  p.compliance_status, p.funds_available::int::text AS funds_available, p.error_code, p.error_description,
  p.resolution, p.resolved_by, p.resolution_note, p.version::text AS version, p.checks::text AS checks, ${ms('created_at')}, ${ms('updated_at')},
  ${ms('next_check_at')}`;

/**
 * Rows from JSON: one text parameter, which every driver passes alike. They are sorted by the
 * caller, so that two batches with the same keys cannot wait for each other.
 */
export const insertIntents = `
  INSERT INTO glomopay_movements AS p (account, kind, request_id, reference, subject_id, exclusive,
    amount, currency, next_check_at)
  SELECT i.account, i.kind, i.request_id, i.reference, i.subject_id, i.exclusive, i.amount, i.currency,
    statement_timestamp() + i.next_check_ms * interval '1 millisecond'
  FROM json_to_recordset($1::text::json) AS i (account text, kind text, request_id text,
    reference text, subject_id text, exclusive boolean, amount bigint, currency text,
    next_check_ms float8)
  ON CONFLICT (account, kind, request_id) DO NOTHING
  RETURNING p.account, p.kind, p.request_id, ${ms('created_at')}, ${ms('next_check_at')},
    ${durable} AS durable`;

/** `LATERAL … LIMIT 1`: by the index for each, whatever Postgres thinks of the number of keys. */
export const findMany = `
  SELECT ${columns}
  FROM json_to_recordset($1::text::json) AS i (account text, kind text, request_id text)
  CROSS JOIN LATERAL (SELECT * FROM glomopay_movements f
    WHERE f.account = i.account AND f.kind = i.kind AND f.request_id = i.request_id LIMIT 1) p`;

/** `account`, `kind`, `request_id`. */
const isKey = 'p.account = $1 AND p.kind = $2 AND p.request_id = $3';

export const findByKey = `SELECT ${columns} FROM glomopay_movements p WHERE ${isKey}`;

export const findByObject = `
  SELECT ${columns} FROM glomopay_movements p WHERE p.account = $1 AND p.object_id = $2`;

export const findBySubject = `
  SELECT ${columns} FROM glomopay_movements p WHERE p.account = $1 AND p.subject_id = $2
  ORDER BY p.created_at, p.request_id`;

/**
 * First statement of a settlement. It is one of its own because a statement sees what was committed
 * before it began: only the next one sees what the settlement that held this lock has done.
 */
export const lockSubject = `
  SELECT ${durable} AS durable, ${forgotten} AS forgotten, pg_advisory_xact_lock(hashtextextended(
    'glomopay ' || p.account || ' ' || coalesce(p.subject_id, p.kind || ' ' || p.request_id), 0))::text
    AS locked
  FROM glomopay_movements p WHERE ${isKey}`;

export const lockRecord = `
  SELECT ${columns}, EXISTS (SELECT FROM glomopay_movements o
    WHERE p.exclusive AND o.account = p.account AND o.subject_id = p.subject_id AND o.exclusive
      AND o.state = 'succeeded' AND (o.kind, o.request_id) <> (p.kind, p.request_id)
    )::int::text AS paid_already, s.count::text AS succeeded_count,
    s.amount::text AS succeeded_amount
  FROM glomopay_movements p
  CROSS JOIN LATERAL (SELECT count(*) AS count,
      coalesce(sum(o.amount) FILTER (WHERE o.currency = p.currency), 0) AS amount
    FROM glomopay_movements o
    WHERE o.account = p.account AND o.subject_id = p.subject_id AND o.kind = p.kind
      AND o.state = 'succeeded' AND o.request_id <> p.request_id) s
  WHERE ${isKey} FOR UPDATE OF p`;

export const updateRecord = `
  UPDATE glomopay_movements p SET state = c.state, reason = c.reason, object_id = c.object_id,
    gateway_status = c.gateway_status, compliance_status = c.compliance_status,
    funds_available = c.funds_available, error_code = c.error_code,
    error_description = c.error_description, resolution = c.resolution,
    resolved_by = c.resolved_by, resolution_note = c.resolution_note, needs_person = c.needs_person,
    version = p.version + 1, updated_at = statement_timestamp(),
    next_check_at = CASE WHEN c.open
      THEN statement_timestamp() + c.next_check_ms * interval '1 millisecond' END,
    scheduled_at = statement_timestamp(), leased = false
  FROM json_to_record($1::text::json) AS c (account text, kind text, request_id text,
    version integer, state text, reason text, object_id text, gateway_status text,
    compliance_status text, funds_available boolean, error_code text, error_description text,
    resolution text, resolved_by text, resolution_note text, needs_person boolean, open boolean, next_check_ms float8)
  WHERE p.account = c.account AND p.kind = c.kind AND p.request_id = c.request_id
    AND p.version = c.version
  RETURNING ${columns}`;

/**
 * Claims what this version can read. What it cannot read comes too, unclaimed, for the log: nobody but
 * a newer version moves it, so it is among those that have been due for longest.
 */
export const claimDue = `
  WITH due AS MATERIALIZED (
    SELECT d.account, d.kind, d.request_id, d.next_check_at FROM glomopay_movements d
    WHERE d.account = $1 AND d.next_check_at <= statement_timestamp() AND ${isReadableRecord('d')}
    ORDER BY d.next_check_at LIMIT $2 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE glomopay_movements t SET checks = t.checks + 1,
      next_check_at = statement_timestamp() + $3::float8 * interval '1 millisecond',
      scheduled_at = statement_timestamp(), leased = true
    FROM due
    WHERE t.account = due.account AND t.kind = due.kind AND t.request_id = due.request_id
    RETURNING t.*, due.next_check_at AS due_at
  ), p AS (
    SELECT * FROM claimed
    UNION ALL
    SELECT d.*, d.next_check_at FROM (SELECT * FROM glomopay_movements f
      WHERE f.account = $1 AND f.next_check_at <= statement_timestamp()
      ORDER BY f.next_check_at LIMIT $2) d
    WHERE NOT (${isReadableRecord('d')})
  )
  SELECT ${columns} FROM p ORDER BY p.due_at, p.request_id`;

/** From account to account by the index, whatever their records are: no other row is read. */
export const accountsWithMovements = `
  WITH RECURSIVE visited (account) AS (
    SELECT min(f.account) FROM glomopay_movements f WHERE f.next_check_at IS NOT NULL
    UNION ALL
    SELECT (SELECT min(n.account) FROM glomopay_movements n
      WHERE n.next_check_at IS NOT NULL AND n.account > visited.account)
    FROM visited WHERE visited.account IS NOT NULL
  )
  SELECT visited.account FROM visited
  WHERE EXISTS (SELECT FROM glomopay_movements d
    WHERE d.account = visited.account AND d.next_check_at <= statement_timestamp())`;

export const reschedule = `
  UPDATE glomopay_movements p
  SET next_check_at = statement_timestamp() + $1::float8 * interval '1 millisecond',
    scheduled_at = statement_timestamp(), leased = false
  WHERE p.account = $2 AND p.kind = $3 AND p.request_id = $4 AND p.next_check_at IS NOT NULL`;

export const unwatch = `
  UPDATE glomopay_movements p SET next_check_at = NULL, leased = false
  WHERE p.account = $1 AND p.kind = $2 AND p.request_id = $3
    AND p.state IN ('succeeded', 'failed', 'mismatch')`;

/** The second parameter is a JSON list of kinds. */
const isOfKind = 'p.kind IN (SELECT json_array_elements_text($2::text::json))';

export const counts = `
  SELECT (SELECT count(*) FROM glomopay_movements p
      WHERE p.account = $1 AND p.needs_person AND ${isOfKind})::text AS needs_attention,
    (SELECT count(*) FROM glomopay_movements p
      WHERE p.account = $1 AND p.next_check_at IS NOT NULL AND ${isOfKind})::text AS open`;

export const needingAttention = `
  SELECT ${columns} FROM glomopay_movements p WHERE p.account = $1 AND p.needs_person
    AND ${isOfKind}
  ORDER BY p.created_at, p.request_id LIMIT $3`;

export const history = `
  SELECT ${ms('at')}, p.version::text AS version, p.from_state, p.to_state, p.reason,
    p.gateway_status, p.object_id, p.witness, p.witness_id, p.note
  FROM glomopay_history p WHERE ${isKey} ORDER BY p.version`;

export const noteHistory = `
  INSERT INTO glomopay_history (account, kind, request_id, version, at, from_state, to_state, reason,
    gateway_status, object_id, witness, witness_id, note)
  SELECT account, kind, request_id, version, statement_timestamp(), from_state, to_state, reason,
    gateway_status, object_id, witness, witness_id, note
  FROM json_to_record($1::text::json) AS c (account text, kind text, request_id text, version integer,
    from_state text, to_state text, reason text, gateway_status text, object_id text, witness text,
    witness_id text, note text)`;

/** `account`, `id`, the body in base64. */
export const putEvent = `
  INSERT INTO glomopay_events (account, id, received_at, next_try_at, body)
  VALUES ($1, $2, statement_timestamp(), statement_timestamp(), decode($3, 'base64'))
  ON CONFLICT (account, id) DO NOTHING`;

const createdMs = 'floor(extract(epoch FROM p.created_at) * 1000)::bigint';

export const within = `
  SELECT ${columns} FROM glomopay_movements p
  WHERE p.account = $1 AND p.created_at >= to_timestamp($2::float8 / 1000)
    AND p.created_at < to_timestamp($3::float8 / 1000)
    AND (${createdMs}, p.kind, p.request_id) > ($4::bigint, $5, $6)
  ORDER BY ${createdMs}, p.kind, p.request_id LIMIT $7`;

/** A row for each record, whose history is gone then. */
export const purgeHistory = `
  WITH old AS (
    SELECT p.account, p.kind, p.request_id FROM glomopay_movements p
    WHERE p.account = $1 AND p.updated_at < to_timestamp($2::float8 / 1000)
      AND p.next_check_at IS NULL AND NOT p.needs_person
      AND EXISTS (SELECT FROM glomopay_history h
        WHERE h.account = p.account AND h.kind = p.kind AND h.request_id = p.request_id)
    LIMIT $3
  ), purged AS (
    DELETE FROM glomopay_history h USING old
    WHERE h.account = old.account AND h.kind = old.kind AND h.request_id = old.request_id
    RETURNING h.kind, h.request_id
  )
  SELECT DISTINCT kind, request_id FROM purged`;

/** See `tookBack`. */
export const recallMovements = tookBack(
  'glomopay_movements',
  'next_check_at',
  'next_check_at IS NOT NULL',
);

/** The parameter is a JSON list. */
export const noteHandlers = `
  INSERT INTO glomopay_handlers (account, kind, handler, seen_at)
  SELECT i.account, i.kind, i.handler, statement_timestamp()
  FROM json_to_recordset($1::text::json) AS i (account text, kind text, handler text)
  ON CONFLICT (account, kind, handler) DO UPDATE SET seen_at = excluded.seen_at`;

export const notedHandlers = `
  SELECT h.account, h.kind, h.handler,
    floor(extract(epoch FROM statement_timestamp() - h.seen_at) * 1000)::bigint::text AS seen_ms_ago
  FROM glomopay_handlers h ORDER BY h.account, h.kind, h.handler`;
