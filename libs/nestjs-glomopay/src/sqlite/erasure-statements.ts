import { ERASED_NOTE } from '../tracking/store/erasure.js';
import { NOW } from './now.js';

/** `account`, a JSON list of ids; `account`, one of objects. */
export const eventsOf = `
  SELECT id, state FROM glomopay_events
  WHERE account = ? AND id IN (SELECT value FROM json_each(?))
  UNION
  SELECT id, state FROM glomopay_events
  WHERE account = ? AND object_id IN (SELECT value FROM json_each(?))`;

/** `account`, a JSON list of ids. */
export const forgetEvents = `
  DELETE FROM glomopay_events WHERE account = ? AND id IN (SELECT value FROM json_each(?))
  RETURNING id`;

export const forgetHandlers = `
  DELETE FROM glomopay_event_handlers
  WHERE account = ? AND event_id IN (SELECT value FROM json_each(?))
  RETURNING handler`;

/** `account`, `kind`, `request_id`. */
export const eraseLines = `
  UPDATE glomopay_history SET note = CASE note WHEN '${ERASED_NOTE}' THEN note END,
    witness_id = CASE WHEN witness <> 'person' THEN witness_id END
  WHERE movement = (SELECT id FROM glomopay_movements
      WHERE account = ? AND kind = ? AND request_id = ?)
    AND (note <> '${ERASED_NOTE}' OR (witness = 'person' AND witness_id IS NOT NULL))
  RETURNING version`;

/** The new reference, `account`, `kind`, `request_id`. */
export const eraseRecord = `
  UPDATE glomopay_movements SET reference = ?, error_description = NULL, resolved_by = NULL,
    resolution_note = NULL, version = version + 1, updated_at = ${NOW}
  WHERE account = ? AND kind = ? AND request_id = ?
  RETURNING *`;
