import { isReadableRecord } from '../tracking/store/tracked-row.js';
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

export const findForSettlement = `
  SELECT p.*, EXISTS (SELECT 1 FROM glomopay_movements o
    WHERE p.exclusive = 1 AND o.account = p.account AND o.subject_id = p.subject_id
      AND o.exclusive = 1 AND o.state = 'succeeded' AND o.id <> p.id) AS paid_already,
    (SELECT count(*) FROM glomopay_movements s WHERE s.account = p.account
      AND s.subject_id = p.subject_id AND s.kind = p.kind AND s.state = 'succeeded'
      AND s.id <> p.id) AS succeeded_count,
    (SELECT coalesce(sum(s.amount), 0) FROM glomopay_movements s WHERE s.account = p.account
      AND s.subject_id = p.subject_id AND s.kind = p.kind AND s.state = 'succeeded'
      AND s.currency = p.currency AND s.id <> p.id) AS succeeded_amount
  FROM glomopay_movements p WHERE p.account = ? AND p.kind = ? AND p.request_id = ?`;

/** The last two parameters name the version that the change was decided for. */
export const updateRecord = `
  UPDATE glomopay_movements SET state = ?, reason = ?, object_id = ?, gateway_status = ?,
    compliance_status = ?, funds_available = ?, error_code = ?, error_description = ?,
    resolution = ?, resolved_by = ?, resolution_note = ?, needs_person = ?, next_check_at = ${NOW} + ?, scheduled_at = ${NOW}, leased = 0,
    version = version + 1, updated_at = ${NOW}
  WHERE account = ? AND kind = ? AND request_id = ? AND version = ?
  RETURNING *`;

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

/** The account twice. Never `?1`: not every driver binds it by position. */
/** The parameter is a JSON list of kinds. */
const isOfKind = 'kind IN (SELECT value FROM json_each(?))';

export const counts = `
  SELECT (SELECT count(*) FROM glomopay_movements
      WHERE account = ? AND needs_person = 1 AND ${isOfKind}) AS needs_attention,
    (SELECT count(*) FROM glomopay_movements
      WHERE account = ? AND next_check_at IS NOT NULL AND ${isOfKind}) AS open`;

export const needingAttention = `
  SELECT * FROM glomopay_movements WHERE account = ? AND needs_person = 1 AND ${isOfKind}
  ORDER BY created_at, id LIMIT ?`;

export const history = `
  SELECT * FROM glomopay_history WHERE account = ? AND kind = ? AND request_id = ?
  ORDER BY version`;

export const noteHistory = `
  INSERT INTO glomopay_history (account, kind, request_id, version, at, from_state, to_state, reason,
    gateway_status, object_id, witness, witness_id, note)
  VALUES (?, ?, ?, ?, ${NOW}, ?, ?, ?, ?, ?, ?, ?, ?)
  RETURNING version`;

export const putEvent = `
  INSERT INTO glomopay_events (account, id, received_at, next_try_at, scheduled_at, body)
  VALUES (?, ?, ${NOW}, ${NOW}, ${NOW}, ?)
  ON CONFLICT (account, id) DO NOTHING
  RETURNING id`;

export const within = `
  SELECT * FROM glomopay_movements
  WHERE account = ? AND created_at >= ? AND created_at < ? AND (created_at, kind, request_id) > (?, ?, ?)
  ORDER BY created_at, kind, request_id LIMIT ?`;

export const oldHistories = `
  SELECT p.kind, p.request_id FROM glomopay_movements p
  WHERE p.account = ? AND p.updated_at < ? AND p.next_check_at IS NULL AND p.needs_person = 0
    AND EXISTS (SELECT 1 FROM glomopay_history h
      WHERE h.account = p.account AND h.kind = p.kind AND h.request_id = p.request_id)
  LIMIT ?`;

export const forgetHistory = `
  DELETE FROM glomopay_history WHERE account = ? AND kind = ? AND request_id = ? RETURNING version`;

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
