/** From account to account by the index of times: one key is read of each. */
export const accountsWithHistory = `
  SELECT h.account FROM glomopay_history h FORCE INDEX (glomopay_history_at)
  GROUP BY h.account HAVING MIN(h.at) < ?`;

export const history = `
  SELECT h.* FROM glomopay_movements p JOIN glomopay_history h ON h.movement = p.id
  WHERE p.account = ? AND p.kind = ? AND p.request_id = ?
  ORDER BY h.version`;

/**
 * `account`, the time after which it goes on, to; the same time, and the record with it that came last:
 * its `account`, `kind`, `request_id`; how many.
 */
export const within = `
  SELECT * FROM glomopay_movements p FORCE INDEX (glomopay_movements_created)
  WHERE p.account = ? AND p.created_at >= ? AND p.created_at < ?
    AND (p.created_at > ? OR p.id > COALESCE((SELECT f.id FROM glomopay_movements f
      WHERE f.account = ? AND f.kind = ? AND f.request_id = ?), 0))
  ORDER BY p.created_at, p.id LIMIT ?`;

/** `account`, the place after which a purge goes on, before; which line of these, from 0 on. */
export const lineAt = `
  SELECT h.at FROM glomopay_history h FORCE INDEX (glomopay_history_at)
  WHERE h.account = ? AND h.at > ? AND h.at < ?
  ORDER BY h.at LIMIT 1 OFFSET ?`;

/**
 * `account`, the place, the last line of the batch, before: whose lines these are, when nobody looks at
 * the movement any more, or somebody has deleted it. Whatever is being settled is left to the next purge.
 */
export const endedHistories = `
  SELECT h.movement FROM glomopay_history h FORCE INDEX (glomopay_history_at)
  JOIN glomopay_movements p ON p.id = h.movement
  WHERE h.account = ? AND h.at > ? AND h.at <= ?
    AND p.updated_at < ? AND p.next_check_at IS NULL AND p.needs_person = 0
  FOR UPDATE SKIP LOCKED`;

/** The first three of them. */
export const lostHistories = `
  SELECT h.movement FROM glomopay_history h FORCE INDEX (glomopay_history_at)
  WHERE h.account = ? AND h.at > ? AND h.at <= ?
    AND NOT EXISTS (SELECT 1 FROM glomopay_movements p WHERE p.id = h.movement)`;

/** The numbers of movements, once for each. */
export const forgetHistory = (places: string): string =>
  `DELETE FROM glomopay_history WHERE movement IN (${places})`;
