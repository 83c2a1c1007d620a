import { NOW } from './now.js';

/**
 * First statement of a settlement: whoever settles anything of the subject waits here for its turn. The
 * movement is looked up without a lock, so that nobody who has another errand at it waits meanwhile.
 * `account`, then the key.
 */
export const holdSubject = `
  SELECT l.subject_id FROM glomopay_locks l
  WHERE l.account = ? AND l.subject_id = (SELECT p.subject_id FROM glomopay_movements p
    WHERE p.account = ? AND p.kind = ? AND p.request_id = ?)
  FOR UPDATE`;

/**
 * The record as it stands, whatever a snapshot says, the time, and what of its subject has succeeded beside
 * it. By a statement that has begun when the subject was held: in `READ COMMITTED` it sees all that whoever
 * held it before has done. Nothing but the record is locked by it. The key.
 *
 * `around` has three whole numbers: whether the subject is paid, how many of the record's kind there are,
 * and their amount in its currency. As one text, since a statement is read and planned each time anew, and
 * three looks would be three plans.
 */
export const lockRecord = `
  SELECT p.*, ${NOW} AS now_ms, (
    SELECT CONCAT(COALESCE(MAX(o.exclusive), 0), ' ', COALESCE(SUM(o.kind = p.kind), 0), ' ',
      LEAST(COALESCE(SUM(CASE WHEN o.kind = p.kind AND o.currency = p.currency THEN o.amount END), 0),
        ${Number.MAX_SAFE_INTEGER}))
    FROM glomopay_movements o FORCE INDEX (glomopay_movements_subject)
    WHERE o.account = p.account AND o.subject_id = p.subject_id AND o.state = 'succeeded'
      AND o.id <> p.id
  ) AS around
  FROM glomopay_movements p
  WHERE p.account = ? AND p.kind = ? AND p.request_id = ? FOR UPDATE`;

/** The last two parameters name the version that the change was decided for. */
export const updateRecord = `
  UPDATE glomopay_movements SET state = ?, reason = ?, object_id = ?, gateway_status = ?,
    compliance_status = ?, funds_available = ?, error_code = ?, error_description = ?,
    resolution = ?, resolved_by = ?, resolution_note = ?, needs_person = ?,
    updated_at = ?, next_check_at = ?, scheduled_at = ?, leased = 0, version = version + 1
  WHERE id = ? AND version = ?`;

export const writeLine = `
  INSERT INTO glomopay_history (movement, version, account, at, from_state, to_state, reason,
    gateway_status, object_id, witness, witness_id, note)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
