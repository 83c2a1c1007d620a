import { accountsWith } from '../tracking/store/sql/accounts-with.js';
import { hasUnreadableProgress, inboxStates, isUnknownState } from '../tracking/store/inbox-row.js';
import { listed } from '../tracking/store/tracked-row.js';
import { keyOf } from './event-key-sql.js';
import { NOW, tookBack } from './now.js';

/** What the inbox shows of an event; never its body. */
const columns = 'account, id, received_at, type, object_id, state, reason, next_try_at';

/**
 * `account`, `id`, body, `account`, `id`. Nothing where its key is known, or where a process of version 2
 * that still runs has written it without one. A body is never NULL, whatever a
 * driver binds for an empty one.
 */
export const insertEvent = `
  INSERT INTO glomopay_events (account, id, received_at, next_try_at, scheduled_at, body)
  SELECT ?, ?, ${NOW}, ${NOW}, ${NOW}, coalesce(?, x'')
  WHERE NOT EXISTS (
    SELECT 1 FROM glomopay_event_keys k WHERE k.account = ? AND k.key = ${keyOf('?')})
  ON CONFLICT (account, id) DO NOTHING
  RETURNING id`;

/** `account`, `id` of an event that was just written. */
export const insertKey = `
  INSERT INTO glomopay_event_keys (account, key, received_at)
  SELECT account, ${keyOf('id')}, received_at FROM glomopay_events WHERE account = ? AND id = ?
  RETURNING key`;

/** An event that only a newer version can read is left to that. */
export const claimEvent = `
  UPDATE glomopay_events AS e SET token = token + 1, next_try_at = ${NOW} + ?,
    scheduled_at = ${NOW}, leased = 1
  WHERE account = ? AND id = ? AND state = 'open' AND next_try_at <= ${NOW}
    AND NOT (${hasUnreadableProgress('e')})
  RETURNING body, token`;

export const dueEvents = `
  SELECT e.account, e.id, ${hasUnreadableProgress('e')} AS unreadable FROM glomopay_events e
  WHERE e.account = ? AND e.state = 'open' AND e.next_try_at <= ${NOW}
  ORDER BY e.next_try_at, e.seq LIMIT ?`;

/** See `tookBack`. */
export const recallEvents = tookBack('glomopay_events', 'next_try_at', `state = 'open'`);

/** Whether there is anything to call back: a look that takes no lock. */
export const isRecallDue = `
  SELECT 1 AS due FROM glomopay_events
  WHERE state = 'open' AND scheduled_at > ${NOW} + 10000 LIMIT 1`;

/** From account to account by the index, whatever is in them: no other row is read. */
export const accountsWithEvents = `
  WITH RECURSIVE visited (account) AS (
    SELECT min(account) FROM glomopay_events WHERE state = 'open'
    UNION ALL
    SELECT (SELECT min(n.account) FROM glomopay_events n
      WHERE n.state = 'open' AND n.account > visited.account)
    FROM visited WHERE visited.account IS NOT NULL
  )
  SELECT visited.account AS account FROM visited
  WHERE EXISTS (SELECT 1 FROM glomopay_events d
    WHERE d.account = visited.account AND d.state = 'open' AND d.next_try_at <= ${NOW})`;

/** Of what is parked: by the index of states. */
export const accountsWithParked = accountsWith('glomopay_events', `d.state = 'failed'`);

/** Of what was handled and is as old. */
export const accountsWithHandled = accountsWith(
  'glomopay_events',
  `d.state = 'handled' AND d.received_at < ?`,
);

/** First statement of a commit: nothing comes back when the lease is lost or the handler is done. */
export const markDone = `
  INSERT INTO glomopay_event_handlers AS h (account, event_id, handler, state, tries)
  SELECT account, id, ?, 'done', 0 FROM glomopay_events WHERE account = ? AND id = ? AND token = ?
  ON CONFLICT (account, event_id, handler) DO UPDATE SET state = 'done' WHERE h.state <> 'done'
  RETURNING handler`;

export const concludeEvent = `
  UPDATE glomopay_events SET type = ?, object_id = ?, state = ?, reason = ?,
    next_try_at = ${NOW} + ?, scheduled_at = ${NOW}, leased = 0, token = token + 1
  WHERE account = ? AND id = ? AND token = ?
  RETURNING id`;

export const writeProgress = `
  INSERT INTO glomopay_event_handlers AS h (account, event_id, handler, state, tries, error)
  VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (account, event_id, handler) DO UPDATE
    SET state = excluded.state, tries = excluded.tries, error = excluded.error
    WHERE h.state <> 'done'
  RETURNING handler`;

export const findEvent = `SELECT ${columns} FROM glomopay_events WHERE account = ? AND id = ?`;

export const findBody = `
  SELECT body FROM glomopay_events WHERE account = ? AND id = ?`;

/** The second parameter is a JSON list of ids. */
export const findProgress = `
  SELECT event_id, handler, state, tries, error FROM glomopay_event_handlers
  WHERE account = ? AND event_id IN (SELECT value FROM json_each(?)) ORDER BY event_id, handler`;

export const listState = `
  SELECT ${columns} FROM glomopay_events WHERE account = ? AND state = ? AND received_at < ?
  ORDER BY received_at DESC, seq DESC LIMIT ?`;

export const listObject = `
  SELECT ${columns} FROM glomopay_events
  WHERE account = ? AND state = ? AND received_at < ? AND object_id = ?
  ORDER BY received_at DESC, seq DESC LIMIT ?`;

/** Events in a state that this version does not know: for the log. */
export const unknownEvents = `
  SELECT ${columns} FROM glomopay_events e
  WHERE account = ? AND received_at < ? AND ${isUnknownState('e')} LIMIT 10`;

export const replayEvent = `
  UPDATE glomopay_events SET state = 'open', reason = NULL, next_try_at = ${NOW},
    scheduled_at = ${NOW}, leased = 0, token = token + 1
  WHERE account = ? AND id = ? AND state = 'failed'
  RETURNING id`;

export const replayProgress = `
  UPDATE glomopay_event_handlers SET state = 'open', tries = 0, error = NULL
  WHERE account = ? AND event_id = ? AND state <> 'done'
  RETURNING handler`;

export const purgeable = `
  SELECT seq, id FROM glomopay_events WHERE account = ? AND state = ? AND received_at < ?
  ORDER BY received_at LIMIT ?`;

/** The key of an event that is purged, where a process of version 2 has left none. */
export const keepKey = `
  INSERT INTO glomopay_event_keys (account, key, received_at)
  SELECT account, ${keyOf('id')}, received_at FROM glomopay_events WHERE seq = ?
  ON CONFLICT (account, key) DO NOTHING
  RETURNING key`;

export const purgeEvent = 'DELETE FROM glomopay_events WHERE seq = ? RETURNING seq';

export const purgeProgress = `
  DELETE FROM glomopay_event_handlers WHERE account = ? AND event_id = ? RETURNING handler`;

/** `account`, the key after which it goes on, which one of these from 0 on. */
export const keyAt = `
  SELECT key FROM glomopay_event_keys WHERE account = ? AND key > ? ORDER BY key LIMIT 1 OFFSET ?`;

/**
 * `account`, the key after which and the one up to which, before; then `account` and before twice. A key
 * whose event is there stays.
 */
export const forgetKeys = `
  DELETE FROM glomopay_event_keys
  WHERE account = ? AND key > ? AND key <= ? AND received_at < ? AND key NOT IN (
    SELECT ${keyOf('e.id')} FROM glomopay_events e
    WHERE e.account = ? AND e.state IN (${listed(inboxStates)}) AND e.received_at < ?
    UNION ALL
    SELECT ${keyOf('e.id')} FROM glomopay_events e
    WHERE e.account = ? AND e.received_at < ? AND ${isUnknownState('e')})
  RETURNING key`;

/** The account three times. */
export const inboxCounts = `
  SELECT (SELECT count(*) FROM glomopay_events WHERE account = ? AND state = 'open') AS open,
    (SELECT count(*) FROM glomopay_events WHERE account = ? AND state = 'failed') AS failed,
    (SELECT min(received_at) FROM glomopay_events
      WHERE account = ? AND state = 'open') AS oldest_open_at`;
