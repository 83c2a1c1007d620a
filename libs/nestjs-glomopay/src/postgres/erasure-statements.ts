import { ERASED_NOTE } from '../tracking/store/erasure.js';
import { columns, isKey } from './movement-columns.js';

/** `account`, a JSON list of ids, one of objects. */
export const eventsOf = `
  SELECT p.id, p.state FROM glomopay_events p
  WHERE p.account = $1
    AND p.id = ANY(ARRAY(SELECT i.id FROM json_array_elements_text($2::text::json) AS i (id)))
  UNION
  SELECT p.id, p.state FROM glomopay_events p
  WHERE p.account = $1
    AND p.object_id = ANY(ARRAY(SELECT i.id FROM json_array_elements_text($3::text::json) AS i (id)))`;

/** `account`, a JSON list of ids. */
export const forgetEvents = `
  WITH old AS MATERIALIZED (
    SELECT i.id FROM json_array_elements_text($2::text::json) AS i (id)
  ), h AS (
    DELETE FROM glomopay_event_handlers p
    WHERE p.account = $1 AND p.event_id = ANY(ARRAY(SELECT old.id FROM old))
  )
  DELETE FROM glomopay_events p WHERE p.account = $1 AND p.id = ANY(ARRAY(SELECT old.id FROM old))`;

export const eraseLines = `
  WITH erased AS (
    UPDATE glomopay_history p SET note = CASE p.note WHEN '${ERASED_NOTE}' THEN p.note END,
      witness_id = CASE WHEN p.witness <> 'person' THEN p.witness_id END
    WHERE ${isKey} AND (p.note <> '${ERASED_NOTE}' OR (p.witness = 'person' AND p.witness_id IS NOT NULL))
    RETURNING p.version
  )
  SELECT count(*)::text AS lines FROM erased`;

/** `account`, `kind`, `request_id`, the new reference, 1 for a line of history. */
export const eraseRecord = `
  WITH p AS (
    UPDATE glomopay_movements p SET reference = $4, error_description = NULL, resolved_by = NULL,
      resolution_note = NULL, version = p.version + 1, updated_at = statement_timestamp()
    WHERE ${isKey}
    RETURNING p.*
  ), line AS (
    INSERT INTO glomopay_history (account, kind, request_id, version, at, from_state, to_state, reason,
      gateway_status, object_id, witness, witness_id, note)
    SELECT p.account, p.kind, p.request_id, p.version, p.updated_at, p.state, p.state, p.reason,
      p.gateway_status, p.object_id, 'person', NULL, '${ERASED_NOTE}'
    FROM p WHERE $5::int = 1
    ON CONFLICT DO NOTHING
  )
  SELECT ${columns} FROM p`;
