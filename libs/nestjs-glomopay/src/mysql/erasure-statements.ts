import { ERASED_NOTE } from '../tracking/store/erasure.js';

/** `account`, and ids, once for each. */
export const eventsById = (places: string): string => `
  SELECT p.id, p.state FROM glomopay_events p FORCE INDEX (glomopay_events_key)
  WHERE p.account = ? AND p.id IN (${places})`;

/** `account`, and objects, once for each. */
export const eventsByObject = (places: string): string => `
  SELECT p.id, p.state FROM glomopay_events p FORCE INDEX (glomopay_events_object)
  WHERE p.account = ? AND p.object_id IN (${places})`;

/** `account`, and ids, once for each. */
export const forgetEvents = (places: string): string =>
  `DELETE FROM glomopay_events WHERE account = ? AND id IN (${places})`;

/** The number of the movement. */
export const eraseLines = `
  UPDATE glomopay_history SET note = CASE note WHEN '${ERASED_NOTE}' THEN note END,
    witness_id = CASE WHEN witness <> 'person' THEN witness_id END
  WHERE movement = ?
    AND (note <> '${ERASED_NOTE}' OR (witness = 'person' AND witness_id IS NOT NULL))`;

/** The new reference, the time, the number of the movement. */
export const eraseRecord = `
  UPDATE glomopay_movements SET reference = ?, error_description = NULL, resolved_by = NULL,
    resolution_note = NULL, version = version + 1, updated_at = ?
  WHERE id = ?`;
