import { isOpen, isReadableRecord, kinds, listed } from '../tracking/store/tracked-row.js';
import { columns, isKey } from './movement-columns.js';
import { durable, ms, tookBack } from './sql-parts.js';

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

export const findByKey = `SELECT ${columns} FROM glomopay_movements p WHERE ${isKey}`;

export const findByObject = `
  SELECT ${columns} FROM glomopay_movements p WHERE p.account = $1 AND p.object_id = $2`;

export const findBySubject = `
  SELECT ${columns} FROM glomopay_movements p WHERE p.account = $1 AND p.subject_id = $2
  ORDER BY p.created_at, p.request_id`;

/** By an index each: most references are the `request_id`, and only the others are in that of references. */
export const findByReference = `
  SELECT ${columns} FROM (
    SELECT f.* FROM glomopay_movements f
    WHERE f.account = $1 AND left(f.reference, 64) = left($2, 64) AND f.reference = $2
      AND f.reference <> f.request_id
    UNION ALL
    SELECT f.* FROM glomopay_movements f
    WHERE f.account = $3 AND f.kind IN (${listed(kinds)}) AND f.request_id = $4
      AND f.reference = f.request_id
  ) p
  ORDER BY p.created_at DESC, p.kind, p.request_id DESC LIMIT $5`;

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

/** The same of records that need a person: only such accounts are visited. */
export const accountsLeft = `
  WITH RECURSIVE visited (account) AS (
    SELECT min(f.account) FROM glomopay_movements f WHERE f.needs_person
    UNION ALL
    SELECT (SELECT min(n.account) FROM glomopay_movements n
      WHERE n.needs_person AND n.account > visited.account)
    FROM visited WHERE visited.account IS NOT NULL
  )
  SELECT visited.account FROM visited WHERE visited.account IS NOT NULL`;

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

/** Both by an index of nothing else: what has ended is not read, also while it is still watched. */
export const counts = `
  SELECT (SELECT count(*) FROM glomopay_movements p
      WHERE p.account = $1 AND p.needs_person AND ${isOfKind})::text AS needs_attention,
    (SELECT count(*) FROM glomopay_movements p
      WHERE p.account = $1 AND ${isOpen('p')} AND ${isOfKind})::text AS open`;

export const needingAttention = `
  SELECT ${columns} FROM glomopay_movements p WHERE p.account = $1 AND p.needs_person
    AND ${isOfKind}
  ORDER BY p.created_at, p.request_id LIMIT $3`;

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
