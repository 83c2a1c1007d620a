import { isOpen, isReadableRecord, kinds, listed } from '../tracking/store/tracked-row.js';
import { NOW, tookBack } from './now.js';

export const insertIntent = `
  INSERT INTO glomopay_movements (account, kind, request_id, reference, subject_id, exclusive, amount,
    currency, next_check_at, scheduled_at, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${NOW} + ?, ${NOW}, ${NOW}, ${NOW})
  ON CONFLICT (account, kind, request_id) DO NOTHING
  RETURNING *`;

export const findByKey = `
  SELECT * FROM glomopay_movements WHERE account = ? AND kind = ? AND request_id = ?`;

export const findByObject = `
  SELECT * FROM glomopay_movements WHERE account = ? AND object_id = ?`;

export const findBySubject = `
  SELECT * FROM glomopay_movements WHERE account = ? AND subject_id = ?
  ORDER BY created_at, id`;

/** By an index each: most references are the `request_id`, and only the others are in that of references. */
export const findByReference = `
  SELECT * FROM (
    SELECT * FROM glomopay_movements WHERE account = ? AND reference = ? AND reference <> request_id
    UNION ALL
    SELECT * FROM glomopay_movements
    WHERE account = ? AND kind IN (${listed(kinds)}) AND request_id = ? AND reference = request_id)
  ORDER BY created_at DESC, id DESC LIMIT ?`;

/** With the other movements of the subject that have succeeded, by the index of the subject. */
export const findForSettlement = `
  SELECT p.*, coalesce(max(p.exclusive * o.exclusive), 0) AS paid_already,
    coalesce(sum(o.kind = p.kind), 0) AS succeeded_count,
    CAST(min(total(o.amount * (o.kind = p.kind AND o.currency = p.currency)),
      ${Number.MAX_SAFE_INTEGER}) AS INTEGER) AS succeeded_amount
  FROM glomopay_movements p LEFT JOIN glomopay_movements o
    ON o.account = p.account AND o.subject_id = p.subject_id AND o.state = 'succeeded'
      AND o.id <> p.id
  WHERE p.account = ? AND p.kind = ? AND p.request_id = ?
  GROUP BY p.id`;

/** The last two parameters name the version that the change was decided for. */
export const updateRecord = `
  UPDATE glomopay_movements SET state = ?, reason = ?, object_id = ?, gateway_status = ?,
    compliance_status = ?, funds_available = ?, error_code = ?, error_description = ?,
    resolution = ?, resolved_by = ?, resolution_note = ?, needs_person = ?,
    next_check_at = ${NOW} + ?, scheduled_at = ${NOW}, leased = 0, version = version + 1,
    updated_at = ${NOW}
  WHERE account = ? AND kind = ? AND request_id = ? AND version = ?
  RETURNING id, updated_at, next_check_at`;

export const due = `
  SELECT p.id FROM glomopay_movements p
  WHERE p.account = ? AND p.next_check_at <= ${NOW} AND ${isReadableRecord('p')}
  ORDER BY p.next_check_at, p.id LIMIT ?`;

/**
 * What this version cannot read and leaves unclaimed, for the log: nobody but a newer version moves it,
 * so it is among those that have been due for longest.
 */
export const unreadableDue = `
  SELECT head.* FROM (SELECT * FROM glomopay_movements WHERE account = ? AND next_check_at <= ${NOW}
    ORDER BY next_check_at, id LIMIT ?) head
  WHERE NOT (${isReadableRecord('head')})`;

export const claim = `
  UPDATE glomopay_movements SET checks = checks + 1, next_check_at = ${NOW} + ?,
    scheduled_at = ${NOW}, leased = 1
  WHERE id = ?
  RETURNING *`;

/** From account to account by the index, whatever is in them: no other row is read. */
export const accountsWithMovements = `
  WITH RECURSIVE visited (account) AS (
    SELECT min(account) FROM glomopay_movements WHERE next_check_at IS NOT NULL
    UNION ALL
    SELECT (SELECT min(n.account) FROM glomopay_movements n
      WHERE n.next_check_at IS NOT NULL AND n.account > visited.account)
    FROM visited WHERE visited.account IS NOT NULL
  )
  SELECT visited.account AS account FROM visited
  WHERE EXISTS (SELECT 1 FROM glomopay_movements d
    WHERE d.account = visited.account AND d.next_check_at <= ${NOW})`;

/** The same of records that need a person: only such accounts are visited. */
export const accountsLeft = `
  WITH RECURSIVE visited (account) AS (
    SELECT min(f.account) FROM glomopay_movements f WHERE f.needs_person = 1
    UNION ALL
    SELECT (SELECT min(n.account) FROM glomopay_movements n
      WHERE n.needs_person = 1 AND n.account > visited.account)
    FROM visited WHERE visited.account IS NOT NULL
  )
  SELECT visited.account AS account FROM visited WHERE visited.account IS NOT NULL`;

export const reschedule = `
  UPDATE glomopay_movements SET next_check_at = ${NOW} + ?, scheduled_at = ${NOW}, leased = 0
  WHERE account = ? AND kind = ? AND request_id = ? AND next_check_at IS NOT NULL
  RETURNING id`;

export const unwatch = `
  UPDATE glomopay_movements SET next_check_at = NULL, leased = 0
  WHERE account = ? AND kind = ? AND request_id = ?
    AND state IN ('succeeded', 'failed', 'mismatch')
  RETURNING id`;

/** See `tookBack`. */
export const recallMovements = tookBack(
  'glomopay_movements',
  'next_check_at',
  'next_check_at IS NOT NULL',
);

/** The parameter is a JSON list of kinds. */
const isOfKind = 'p.kind IN (SELECT value FROM json_each(?))';

/**
 * The account and the kinds twice. Never `?1`: not every driver binds it by position. Both by an index of
 * nothing else, which SQLite by itself would not always take: what has ended is not read, also while it is
 * still watched.
 */
export const counts = `
  SELECT (SELECT count(*) FROM glomopay_movements p INDEXED BY glomopay_movements_attention
      WHERE p.account = ? AND p.needs_person = 1 AND ${isOfKind}) AS needs_attention,
    (SELECT count(*) FROM glomopay_movements p INDEXED BY glomopay_movements_open
      WHERE p.account = ? AND ${isOpen('p')} AND ${isOfKind}) AS open`;

export const needingAttention = `
  SELECT * FROM glomopay_movements p WHERE p.account = ? AND p.needs_person = 1 AND ${isOfKind}
  ORDER BY p.created_at, p.id LIMIT ?`;

/** The parameter is a JSON list. */
export const noteHandlers = `
  INSERT INTO glomopay_handlers (account, kind, handler, seen_at)
  SELECT json_extract(value, '$.account'), json_extract(value, '$.kind'),
    json_extract(value, '$.handler'), ${NOW}
  FROM json_each(?) WHERE true
  ON CONFLICT (account, kind, handler) DO UPDATE SET seen_at = excluded.seen_at
  RETURNING handler`;

export const notedHandlers = `
  SELECT account, kind, handler, ${NOW} - seen_at AS seen_ms_ago FROM glomopay_handlers
  ORDER BY account, kind, handler`;
