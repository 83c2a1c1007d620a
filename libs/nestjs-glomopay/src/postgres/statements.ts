import { isReadableRecord } from '../tracking/store/tracked-row.js';
import { durable, forgotten, ms, tookBack } from './sql-parts.js';

/**
 * Every column as text: hosts give their drivers parsers of their own for numbers, flags and dates
 * (Drizzle does), and text is what all of them leave alone.
 */
const columns = `
  p.account, p.request_id, p.reference, p.order_id, p.subscription_id, p.amount::text AS amount,
  p.currency, p.state, p.reason, p.payment_id, p.gateway_status, p.compliance_status,
  p.funds_available::int::text AS funds_available, p.error_code, p.error_description,
  p.version::text AS version, p.checks::text AS checks, ${ms('created_at')}, ${ms('updated_at')},
  ${ms('next_check_at')}`;

/**
 * Rows from JSON: one text parameter, which every driver passes alike. They are sorted by the
 * caller, so that two batches with the same keys cannot wait for each other.
 */
export const insertIntents = `
  INSERT INTO glomopay_payments AS p (account, request_id, reference, order_id, subscription_id,
    amount, currency, next_check_at)
  SELECT i.account, i.request_id, i.reference, i.order_id, i.subscription_id, i.amount, i.currency,
    statement_timestamp() + i.next_check_ms * interval '1 millisecond'
  FROM json_to_recordset($1::text::json) AS i (account text, request_id text, reference text,
    order_id text, subscription_id text, amount bigint, currency text, next_check_ms float8)
  ON CONFLICT (account, request_id) DO NOTHING
  RETURNING p.account, p.request_id, ${ms('created_at')}, ${ms('next_check_at')},
    ${durable} AS durable`;

/** `LATERAL … LIMIT 1`: by the index for each, whatever Postgres thinks of the number of keys. */
export const findMany = `
  SELECT ${columns}
  FROM json_to_recordset($1::text::json) AS i (account text, request_id text)
  CROSS JOIN LATERAL (SELECT * FROM glomopay_payments f
    WHERE f.account = i.account AND f.request_id = i.request_id LIMIT 1) p`;

export const findByKey = `
  SELECT ${columns} FROM glomopay_payments p WHERE p.account = $1 AND p.request_id = $2`;

export const findByPayment = `
  SELECT ${columns} FROM glomopay_payments p WHERE p.account = $1 AND p.payment_id = $2`;

export const findByOrder = `
  SELECT ${columns} FROM glomopay_payments p
  WHERE p.account = $1 AND (p.order_id = $2 OR p.subscription_id = $2)
  ORDER BY p.created_at, p.request_id`;

/**
 * First statement of a settlement. It is one of its own because a statement sees what was committed
 * before it began: only the next one sees what the settlement that held this lock has done.
 */
export const lockOrder = `
  SELECT ${durable} AS durable, ${forgotten} AS forgotten, pg_advisory_xact_lock(hashtextextended(
    'glomopay ' || p.account || ' ' || coalesce(p.order_id, p.request_id), 0))::text AS locked
  FROM glomopay_payments p WHERE p.account = $1 AND p.request_id = $2`;

export const lockRecord = `
  SELECT ${columns}, EXISTS (SELECT FROM glomopay_payments o
    WHERE o.account = p.account AND o.order_id = p.order_id AND o.request_id <> p.request_id
      AND o.state = 'succeeded')::int::text AS paid_already
  FROM glomopay_payments p WHERE p.account = $1 AND p.request_id = $2 FOR UPDATE OF p`;

export const updateRecord = `
  UPDATE glomopay_payments p SET state = c.state, reason = c.reason, payment_id = c.payment_id,
    gateway_status = c.gateway_status, compliance_status = c.compliance_status,
    funds_available = c.funds_available, error_code = c.error_code,
    error_description = c.error_description, needs_person = c.needs_person,
    version = p.version + 1, updated_at = statement_timestamp(),
    next_check_at = CASE WHEN c.open
      THEN statement_timestamp() + c.next_check_ms * interval '1 millisecond' END,
    scheduled_at = statement_timestamp(), leased = false
  FROM json_to_record($1::text::json) AS c (account text, request_id text, version integer,
    state text, reason text, payment_id text, gateway_status text, compliance_status text,
    funds_available boolean, error_code text, error_description text, needs_person boolean,
    open boolean, next_check_ms float8)
  WHERE p.account = c.account AND p.request_id = c.request_id AND p.version = c.version
  RETURNING ${columns}`;

/**
 * Claims what this version can read. What it cannot read comes too, unclaimed, for the log: nobody but
 * a newer version moves it, so it is among those that have been due for longest.
 */
export const claimDue = `
  WITH due AS MATERIALIZED (
    SELECT d.account, d.request_id, d.next_check_at FROM glomopay_payments d
    WHERE d.account = $1 AND d.next_check_at <= statement_timestamp() AND ${isReadableRecord('d')}
    ORDER BY d.next_check_at LIMIT $2 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE glomopay_payments t SET checks = t.checks + 1,
      next_check_at = statement_timestamp() + $3::float8 * interval '1 millisecond',
      scheduled_at = statement_timestamp(), leased = true
    FROM due WHERE t.account = due.account AND t.request_id = due.request_id
    RETURNING t.*, due.next_check_at AS due_at
  ), p AS (
    SELECT * FROM claimed
    UNION ALL
    SELECT d.*, d.next_check_at FROM (SELECT * FROM glomopay_payments f
      WHERE f.account = $1 AND f.next_check_at <= statement_timestamp()
      ORDER BY f.next_check_at LIMIT $2) d
    WHERE NOT (${isReadableRecord('d')})
  )
  SELECT ${columns} FROM p ORDER BY p.due_at, p.request_id`;

/** From account to account by the index, whatever their records are: no other row is read. */
export const accountsWithPayments = `
  WITH RECURSIVE visited (account) AS (
    SELECT min(f.account) FROM glomopay_payments f WHERE f.next_check_at IS NOT NULL
    UNION ALL
    SELECT (SELECT min(n.account) FROM glomopay_payments n
      WHERE n.next_check_at IS NOT NULL AND n.account > visited.account)
    FROM visited WHERE visited.account IS NOT NULL
  )
  SELECT visited.account FROM visited
  WHERE EXISTS (SELECT FROM glomopay_payments d
    WHERE d.account = visited.account AND d.next_check_at <= statement_timestamp())`;

export const reschedule = `
  UPDATE glomopay_payments p
  SET next_check_at = statement_timestamp() + $1::float8 * interval '1 millisecond',
    scheduled_at = statement_timestamp(), leased = false
  WHERE p.account = $2 AND p.request_id = $3 AND p.next_check_at IS NOT NULL`;

export const counts = `
  SELECT (SELECT count(*) FROM glomopay_payments p
      WHERE p.account = $1 AND p.needs_person)::text AS needs_attention,
    (SELECT count(*) FROM glomopay_payments p
      WHERE p.account = $1 AND p.next_check_at IS NOT NULL)::text AS open`;

export const needingAttention = `
  SELECT ${columns} FROM glomopay_payments p WHERE p.account = $1 AND p.needs_person
  ORDER BY p.created_at, p.request_id LIMIT $2`;

/** See `tookBack`. */
export const recallPayments = tookBack(
  'glomopay_payments',
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
