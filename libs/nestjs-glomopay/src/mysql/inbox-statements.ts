import { hasUnreadableProgress, isUnknownState } from '../tracking/store/inbox-row.js';
import { keyOf } from './event-key-sql.js';
import { isRecallDue, NOW, tookBack } from './now.js';

export { findProgress } from './statements.js';

/** What the inbox shows of an event; never its body. */
const columns = `p.account, p.id, p.received_at, p.type, p.object_id, p.state, p.reason, p.next_try_at`;

/** Once for each event. */
export const insertEvents = `
  INSERT INTO glomopay_events (account, id, received_at, next_try_at, scheduled_at, body) VALUES `;
export const eventValues = `(?, ?, ${NOW}, ${NOW}, ${NOW}, ?)`;

/** `account` and `id` of events that were just written, once for each. */
export const insertKeys = (places: string): string => `
  INSERT INTO glomopay_event_keys (account, \`key\`, received_at)
  SELECT p.account, ${keyOf('p.id')}, p.received_at
  FROM glomopay_events p FORCE INDEX (glomopay_events_key) WHERE ${places}`;
export const isEvent = '(p.account = ? AND p.id = ?)';

/**
 * Two statements as one transaction, in one round trip: MariaDB runs a block that is in no procedure as a
 * single statement. Where a transaction is open already, the first line of it fails.
 */
export const together = (events: string, keys: string): string => `
  BEGIN NOT ATOMIC
    DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;
    ${events};
    ${keys};
    COMMIT;
  END`;

/** `account` and `id`, once for each: the keys that are known, as hex. */
export const knownKeys = (places: string): string => `
  SELECT k.account, LOWER(HEX(k.\`key\`)) AS event_key
  FROM glomopay_event_keys k FORCE INDEX (PRIMARY) WHERE ${places}`;
export const isKeyOf = `(k.account = ? AND k.\`key\` = ${keyOf('?')})`;

/**
 * `account`, `id`, the time. Of a follow-up whose key is there already, nothing is written. What is measured
 * has room, so there is nothing else to ignore.
 */
export const insertFollowUpKey = `
  INSERT IGNORE INTO glomopay_event_keys (account, \`key\`, received_at) VALUES (?, ${keyOf('?')}, ?)`;

/** `account`, `id`, the time, body. */
export const insertFollowUp = `
  INSERT INTO glomopay_events (account, id, received_at, next_try_at, scheduled_at, body)
  VALUES (?, ?, ?, ${NOW}, ${NOW}, ?)`;

/**
 * Whoever finds the event locked leaves it: another takes it, or a handler of it is at work. One that
 * only a newer version can read is left to that. By its number: whoever writes the event next to it in the
 * index of ids has the place there locked for a moment, and is no rival.
 */
export const dueEvent = `
  SELECT p.seq, p.token, p.body FROM glomopay_events p
  WHERE p.seq = (SELECT e.seq FROM glomopay_events e WHERE e.account = ? AND e.id = ?)
    AND p.state = 'open' AND p.next_try_at <= ${NOW}
    AND NOT (${hasUnreadableProgress('p')})
  FOR UPDATE SKIP LOCKED`;

export const claimEvent = `
  UPDATE glomopay_events SET token = token + 1, next_try_at = ${NOW} + ?, scheduled_at = ${NOW},
    leased = 1
  WHERE seq = ?`;

export const dueEvents = `
  SELECT p.account, p.id, (${hasUnreadableProgress('p')}) AS unreadable
  FROM glomopay_events p FORCE INDEX (glomopay_events_due)
  WHERE p.account = ? AND p.state = 'open' AND p.next_try_at <= ${NOW}
  ORDER BY p.next_try_at, p.seq LIMIT ?`;

/**
 * From account to account by the index, whatever is in them: one key is read of each. By `GROUP BY` and not
 * by a recursion, which ends after 1000 accounts: with an error on MySQL, and without one on MariaDB.
 */
export const accountsWithEvents = `
  SELECT p.account FROM glomopay_events p FORCE INDEX (glomopay_events_due)
  WHERE p.state = 'open'
  GROUP BY p.account HAVING MIN(p.next_try_at) <= ${NOW}`;

/** The same of what is parked. */
export const accountsWithParked = `
  SELECT p.account FROM glomopay_events p FORCE INDEX (glomopay_events_received)
  WHERE p.state = 'failed' GROUP BY p.account`;

/** The same of what was handled and is as old. */
export const accountsWithHandled = `
  SELECT p.account FROM glomopay_events p FORCE INDEX (glomopay_events_received)
  WHERE p.state = 'handled' GROUP BY p.account HAVING MIN(p.received_at) < ?`;

/**
 * First statement of a commit. The lock lets the other handlers of the event go on, and keeps everybody
 * else from claiming it. (MariaDB does not know `FOR SHARE`.)
 */
export const shareLease = `
  SELECT p.seq FROM glomopay_events p WHERE p.account = ? AND p.id = ? AND p.token = ?
  LOCK IN SHARE MODE`;

/** Refused as a duplicate when the handler has come anywhere before. */
export const firstDone = `
  INSERT INTO glomopay_event_handlers (account, event_id, handler, state, tries)
  VALUES (?, ?, ?, 'done', 0)`;

/** In the lock that a refused duplicate has already: to ask for more would be a deadlock with its rivals. */
export const lookAtProgress = `
  SELECT h.state FROM glomopay_event_handlers h
  WHERE h.account = ? AND h.event_id = ? AND h.handler = ? LOCK IN SHARE MODE`;

export const done = `
  UPDATE glomopay_event_handlers SET state = 'done'
  WHERE account = ? AND event_id = ? AND handler = ?`;

export const concludeEvent = `
  UPDATE glomopay_events SET type = ?, object_id = ?, state = ?, reason = ?,
    next_try_at = ${NOW} + ?, scheduled_at = ${NOW}, leased = 0, token = token + 1
  WHERE account = ? AND id = ? AND token = ?`;

/** Once for each handler. What is done stays so; the state comes last, since the others look at it. */
export const writeProgress = (places: string): string => `
  INSERT INTO glomopay_event_handlers (account, event_id, handler, state, tries, error)
  VALUES ${places}
  ON DUPLICATE KEY UPDATE
    tries = IF(glomopay_event_handlers.state = 'done', glomopay_event_handlers.tries, VALUES(tries)),
    error = IF(glomopay_event_handlers.state = 'done', glomopay_event_handlers.error, VALUES(error)),
    state = IF(glomopay_event_handlers.state = 'done', glomopay_event_handlers.state, VALUES(state))`;

export const findEvent = `
  SELECT ${columns} FROM glomopay_events p WHERE p.account = ? AND p.id = ?`;

export const findBody = `
  SELECT p.body FROM glomopay_events p WHERE p.account = ? AND p.id = ?`;

export const listState = `
  SELECT ${columns} FROM glomopay_events p FORCE INDEX (glomopay_events_received)
  WHERE p.account = ? AND p.state = ? AND p.received_at < ?
  ORDER BY p.received_at DESC, p.seq DESC LIMIT ?`;

export const listObject = `
  SELECT ${columns} FROM glomopay_events p FORCE INDEX (glomopay_events_object)
  WHERE p.account = ? AND p.state = ? AND p.received_at < ? AND p.object_id = ?
  ORDER BY p.received_at DESC, p.seq DESC LIMIT ?`;

/** Events in a state that this version does not know: for the log. */
export const unknownEvents = `
  SELECT ${columns} FROM glomopay_events p
  WHERE p.account = ? AND p.received_at < ? AND ${isUnknownState('p')} LIMIT 10`;

export const replayEvent = `
  UPDATE glomopay_events SET state = 'open', reason = NULL, next_try_at = ${NOW},
    scheduled_at = ${NOW}, leased = 0, token = token + 1
  WHERE account = ? AND id = ? AND state = 'failed'`;

export const replayProgress = `
  UPDATE glomopay_event_handlers SET state = 'open', tries = 0, error = NULL
  WHERE account = ? AND event_id = ? AND state <> 'done'`;

export const purgeable = `
  SELECT p.seq, p.id FROM glomopay_events p FORCE INDEX (glomopay_events_received)
  WHERE p.account = ? AND p.state = ? AND p.received_at < ?
  ORDER BY p.received_at LIMIT ? FOR UPDATE SKIP LOCKED`;

/** The numbers of events, once for each. */
export const purgeEvents = (places: string): string =>
  `DELETE FROM glomopay_events WHERE seq IN (${places})`;

/** `account`, and ids, once for each. */
export const purgeProgress = (places: string): string =>
  `DELETE FROM glomopay_event_handlers WHERE account = ? AND event_id IN (${places})`;

/** `account`, the place after which it goes on, before; which key of these, from 0 on. */
export const keyAt = `
  SELECT k.received_at FROM glomopay_event_keys k FORCE INDEX (glomopay_event_keys_age)
  WHERE k.account = ? AND k.received_at > ? AND k.received_at < ?
  ORDER BY k.received_at LIMIT 1 OFFSET ?`;

/**
 * `account`, the place, the last key of the batch. A key whose event is there stays; both are of the same
 * time. In one statement, so of one moment, and without a lock: what has no event gets none any more.
 */
export const forgettableKeys = `
  SELECT LOWER(HEX(k.\`key\`)) AS event_key
  FROM glomopay_event_keys k FORCE INDEX (glomopay_event_keys_age)
  WHERE k.account = ? AND k.received_at > ? AND k.received_at <= ?
    AND NOT EXISTS (SELECT 1 FROM glomopay_events e FORCE INDEX (glomopay_events_at)
      WHERE e.account = k.account AND e.received_at = k.received_at
        AND ${keyOf('e.id')} = k.\`key\`)`;

/** `account`, and keys as hex, once for each. */
export const forgetKeys = (places: string): string =>
  `DELETE FROM glomopay_event_keys WHERE account = ? AND \`key\` IN (${places})`;
export const forgottenKey = 'UNHEX(?)';

/** The account three times. */
export const inboxCounts = `
  SELECT (SELECT count(*) FROM glomopay_events p WHERE p.account = ? AND p.state = 'open') AS open,
    (SELECT count(*) FROM glomopay_events p WHERE p.account = ? AND p.state = 'failed') AS failed,
    (SELECT min(p.received_at) FROM glomopay_events p
      WHERE p.account = ? AND p.state = 'open') AS oldest_open_at`;

/** See `tookBack`. */
export const recallEvents = tookBack('glomopay_events', 'next_try_at', `state = 'open'`);
export const isEventRecallDue = isRecallDue('glomopay_events', `state = 'open'`);
