import { isOpen, isReadableRecord, kinds, listed } from '../tracking/store/tracked-row.js';
import { isRecallDue, NOW, tookBack } from './now.js';
import { REFERENCE_BYTES } from './schema.js';

/** A list of JSON as rows; it comes in bytes, which JSON is none of for the server. */
const rowsOf = (json: string, columns: string): string =>
  `JSON_TABLE(CONVERT(${json} USING utf8mb4), '$[*]' COLUMNS (${columns}))`;

const text = (name: string, bytes: number, path = `$.${name}`): string =>
  `${name} VARCHAR(${bytes}) CHARACTER SET utf8mb4 PATH '${path}'`;

/**
 * A JSON list of intents, or of keys: the record that stands under each, whether the subject has its row in
 * `glomopay_locks`, and the time. From the list to the index, and never the other way.
 */
export const lookAt = `
  SELECT ${NOW} AS now_ms, l.subject_id IS NOT NULL AS has_lock,
    CAST(i.account AS BINARY) AS asked_account, CAST(i.kind AS BINARY) AS asked_kind,
    CAST(i.request_id AS BINARY) AS asked_request_id, p.*
  FROM ${rowsOf('?', [text('account', 255), text('kind', 64), text('request_id', 1024), text('subject_id', 1024)].join(', '))} i
  LEFT JOIN glomopay_movements p FORCE INDEX (glomopay_movements_key)
    ON p.account = CAST(i.account AS BINARY) AND p.kind = CAST(i.kind AS BINARY)
      AND p.request_id = CAST(i.request_id AS BINARY)
  LEFT JOIN glomopay_locks l
    ON l.account = CAST(i.account AS BINARY) AND l.subject_id = CAST(i.subject_id AS BINARY)`;

/** Once for each intent. */
export const insertIntents = `
  INSERT INTO glomopay_movements (account, kind, request_id, reference, subject_id, exclusive, amount,
    currency, created_at, updated_at, scheduled_at, next_check_at) VALUES `;

/** Once for each subject. Its texts have been measured: there is nothing to ignore but a row that is there. */
export const insertLocks = 'INSERT IGNORE INTO glomopay_locks (account, subject_id) VALUES ';

export const findByKey = `
  SELECT * FROM glomopay_movements p WHERE p.account = ? AND p.kind = ? AND p.request_id = ?`;

export const findByObject = `
  SELECT * FROM glomopay_movements p WHERE p.account = ? AND p.object_id = ?`;

export const findBySubject = `
  SELECT * FROM glomopay_movements p WHERE p.account = ? AND p.subject_id = ?
  ORDER BY p.created_at, p.id`;

/**
 * By an index each: most references are the `request_id`, and only the others are in that of references,
 * with their first bytes.
 */
export const findByReference = `
  SELECT f.* FROM (
    SELECT o.* FROM (SELECT ? AS account, ? AS reference) a
    STRAIGHT_JOIN glomopay_movements o FORCE INDEX (glomopay_movements_reference)
      ON o.account = a.account AND o.other_reference = LEFT(a.reference, ${REFERENCE_BYTES})
        AND o.reference = a.reference
    UNION ALL
    SELECT r.* FROM glomopay_movements r FORCE INDEX (glomopay_movements_key)
    WHERE r.account = ? AND r.kind IN (${listed(kinds)}) AND r.request_id = ?
      AND r.reference = r.request_id
  ) f
  ORDER BY f.created_at DESC, f.id DESC LIMIT ?`;

export const now = `SELECT ${NOW} AS now_ms`;

export const due = `
  SELECT p.id FROM glomopay_movements p FORCE INDEX (glomopay_movements_due)
  WHERE p.account = ? AND p.next_check_at <= ${NOW} AND ${isReadableRecord('p')}
  ORDER BY p.next_check_at, p.id LIMIT ? FOR UPDATE SKIP LOCKED`;

/**
 * What this version cannot read and leaves unclaimed, for the log: nobody but a newer version moves it,
 * so it is among those that have been due for longest.
 */
export const unreadableDue = `
  SELECT head.* FROM (SELECT * FROM glomopay_movements p FORCE INDEX (glomopay_movements_due)
    WHERE p.account = ? AND p.next_check_at <= ${NOW}
    ORDER BY p.next_check_at, p.id LIMIT ?) head
  WHERE NOT (${isReadableRecord('head')})`;

/** The lease, and the numbers of the records, once for each. */
export const claim = (places: string): string => `
  UPDATE glomopay_movements SET checks = checks + 1, next_check_at = ${NOW} + ?,
    scheduled_at = ${NOW}, leased = 1
  WHERE id IN (${places})`;

export const findByNumbers = (places: string): string => `
  SELECT * FROM glomopay_movements WHERE id IN (${places})`;

/**
 * From account to account by the index, whatever is in them: one key is read of each. By `GROUP BY` and not
 * by a recursion, which ends after 1000 accounts: with an error on MySQL, and without one on MariaDB.
 */
export const accountsWithMovements = `
  SELECT p.account FROM glomopay_movements p FORCE INDEX (glomopay_movements_due)
  GROUP BY p.account HAVING MIN(p.next_check_at) <= ${NOW}`;

/** The same of records that need a person. */
export const accountsLeft = `
  SELECT p.account FROM glomopay_movements p FORCE INDEX (glomopay_movements_attention)
  WHERE p.needs_person = 1 GROUP BY p.account`;

export const reschedule = `
  UPDATE glomopay_movements SET next_check_at = ${NOW} + ?, scheduled_at = ${NOW}, leased = 0
  WHERE account = ? AND kind = ? AND request_id = ? AND next_check_at IS NOT NULL`;

export const unwatch = `
  UPDATE glomopay_movements SET next_check_at = NULL, leased = 0
  WHERE account = ? AND kind = ? AND request_id = ?
    AND state IN ('succeeded', 'failed', 'mismatch')`;

/** See `tookBack`. */
export const recallMovements = tookBack(
  'glomopay_movements',
  'next_check_at',
  'next_check_at IS NOT NULL',
);
export const isMovementRecallDue = isRecallDue('glomopay_movements', 'next_check_at IS NOT NULL');

/** The parameter is a JSON list of kinds. */
const isOfKind = `p.kind IN (SELECT CAST(k.kind AS BINARY) FROM ${rowsOf('?', text('kind', 64, '$'))} k)`;

/** The account and the kinds twice. Both by an index of nothing else. */
export const counts = `
  SELECT (SELECT count(*) FROM glomopay_movements p FORCE INDEX (glomopay_movements_attention)
      WHERE p.account = ? AND p.needs_person = 1 AND ${isOfKind}) AS needs_attention,
    (SELECT count(*) FROM glomopay_movements p FORCE INDEX (glomopay_movements_open)
      WHERE p.account = ? AND ${isOpen('p')} AND ${isOfKind}) AS open`;

export const needingAttention = `
  SELECT p.* FROM glomopay_movements p FORCE INDEX (glomopay_movements_attention)
  WHERE p.account = ? AND p.needs_person = 1 AND ${isOfKind}
  ORDER BY p.created_at, p.id LIMIT ?`;

/** The parameter is a JSON list. */
export const noteHandlers = `
  INSERT INTO glomopay_handlers (account, kind, handler, seen_at)
  SELECT i.account, i.kind, i.handler, ${NOW}
  FROM ${rowsOf('?', [text('account', 255), text('kind', 64), text('handler', 1024)].join(', '))} i
  ON DUPLICATE KEY UPDATE seen_at = VALUES(seen_at)`;

export const notedHandlers = `
  SELECT h.account, h.kind, h.handler, ${NOW} - h.seen_at AS seen_ms_ago FROM glomopay_handlers h
  ORDER BY h.account, h.kind, h.handler`;

/** `account`, a JSON list of ids. From the list to the index, and never the other way. */
export const findProgress = `
  SELECT h.event_id, h.handler, h.state, h.tries, h.error
  FROM (SELECT ? AS account) a
  STRAIGHT_JOIN ${rowsOf('?', text('id', 70, '$'))} i
  STRAIGHT_JOIN glomopay_event_handlers h
    ON h.account = a.account AND h.event_id = CAST(i.id AS BINARY)
  ORDER BY h.event_id, h.handler`;
