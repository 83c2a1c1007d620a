import { accountsWith } from '../tracking/store/sql/accounts-with.js';
/** By the index of times. */
export const accountsWithHistory = accountsWith('glomopay_history', 'd.at < ?');

export const history = `
  SELECT h.* FROM glomopay_movements p JOIN glomopay_history h ON h.movement = p.id
  WHERE p.account = ? AND p.kind = ? AND p.request_id = ?
  ORDER BY h.version`;

/** Of the record as it was just changed, whose \`id\` comes last; before it what the change has not written. */
export const writeLine = `
  INSERT INTO glomopay_history (from_state, witness, witness_id, note, movement, version, account, at,
    to_state, reason, gateway_status, object_id)
  SELECT ?, ?, ?, ?, p.id, p.version, p.account, p.updated_at, p.state, p.reason, p.gateway_status,
    p.object_id
  FROM glomopay_movements p WHERE p.id = ?
  RETURNING version`;

/** \`account\`, to, the time after which it goes on, its record's \`account\`, \`kind\`, \`request_id\`; how many. */
export const within = `
  SELECT * FROM glomopay_movements p WHERE p.account = ? AND p.created_at < ?
    AND (p.created_at, p.id) > (?, coalesce((SELECT f.id FROM glomopay_movements f
      WHERE f.account = ? AND f.kind = ? AND f.request_id = ?), 0))
  ORDER BY p.created_at, p.id LIMIT ?`;

/** \`account\`, the place after which a purge goes on, before; which line of these, from 0 on. */
export const lineAt = `
  SELECT h.at FROM glomopay_history h WHERE h.account = ? AND h.at > ? AND h.at < ?
  ORDER BY h.at LIMIT 1 OFFSET ?`;

/**
 * \`account\`, the place, the last line of the batch, before: whose lines these are, when nobody looks at
 * the movement any more, or somebody has deleted it.
 */
export const endedHistories = `
  SELECT h.movement FROM glomopay_history h LEFT JOIN glomopay_movements p ON p.id = h.movement
  WHERE h.account = ? AND h.at > ? AND h.at <= ?
    AND (p.id IS NULL OR (p.updated_at < ? AND p.next_check_at IS NULL AND p.needs_person = 0))`;

export const forgetHistory = 'DELETE FROM glomopay_history WHERE movement = ? RETURNING version';
