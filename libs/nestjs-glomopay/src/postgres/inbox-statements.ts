import { accountsWith } from '../tracking/store/sql/accounts-with.js';
import { hasUnreadableProgress, inboxStates, isUnknownState } from '../tracking/store/inbox-row.js';
import { listed } from '../tracking/store/tracked-row.js';
import { endOfHour, keyOf } from './event-key-sql.js';
import { durable, momentOf, ms, NOW, tookBack } from './sql-parts.js';

/** What the inbox shows of an event; never its body. */
const columns = `p.account, p.id, p.type, p.object_id, p.state, p.reason, ${ms('received_at')},
  ${ms('next_try_at')}`;

/**
 * Accounts come as a JSON list, ids and bodies as lists with commas: neither id nor hex has one, and a
 * list costs a third less to take apart than JSON. Bodies are never taken for anything but bytes;
 * `\x` before each makes one of an empty body too. New is what has a new key. An event without one is of a
 * process of version 2 that still runs; the conflict names no columns, since a table that is partitioned
 * has another primary key.
 */
export const insertEvents = `
  WITH i AS MATERIALIZED (
    SELECT u.account, u.id, u.body, ${keyOf('u.id')} AS key
    FROM unnest(ARRAY(SELECT a.name FROM json_array_elements_text($1::text::json) AS a (name)),
      string_to_array($2::text, ','), string_to_array($3::text, ',')) AS u (account, id, body)
  ), k AS (
    INSERT INTO glomopay_event_keys AS n (received_by, key, account)
    SELECT ${endOfHour('statement_timestamp()')}, i.key, i.account FROM i
    ON CONFLICT (account, key) DO NOTHING
    RETURNING n.account, n.key
  )
  INSERT INTO glomopay_events AS p (account, id, received_at, next_try_at, body)
  SELECT i.account, i.id, ${NOW}, ${NOW}, i.body::bytea
  FROM i JOIN k ON k.account = i.account AND k.key = i.key
  ON CONFLICT DO NOTHING
  RETURNING p.account, p.id, ${durable} AS durable`;

/** The same for one that came alone, which most do: nothing has to be taken apart. */
export const insertEvent = `
  WITH k AS (
    INSERT INTO glomopay_event_keys AS n (received_by, key, account)
    VALUES (${endOfHour('statement_timestamp()')}, ${keyOf('$2::text')}, $1::text)
    ON CONFLICT (account, key) DO NOTHING
    RETURNING n.account
  )
  INSERT INTO glomopay_events AS p (account, id, received_at, next_try_at, body)
  SELECT k.account, $2::text, ${NOW}, ${NOW}, $3::text::bytea FROM k
  ON CONFLICT DO NOTHING
  RETURNING p.account, p.id, ${durable} AS durable`;

/**
 * Whoever finds the event locked leaves it: another takes it, or a handler of it is at work. One that
 * only a newer version can read is left to that.
 */
export const claimEvent = `
  WITH due AS MATERIALIZED (
    SELECT d.account, d.id FROM glomopay_events d
    WHERE d.account = $2 AND d.id = $3 AND d.state = 'open'
      AND d.next_try_at <= statement_timestamp() AND NOT (${hasUnreadableProgress('d')})
    FOR UPDATE SKIP LOCKED
  )
  UPDATE glomopay_events p SET token = p.token + 1,
    next_try_at = statement_timestamp() + $1::float8 * interval '1 millisecond',
    scheduled_at = statement_timestamp(), leased = true
  FROM due WHERE p.account = due.account AND p.id = due.id
  RETURNING encode(p.body, 'base64') AS body, p.token::text AS token, ${durable} AS durable`;

export const dueEvents = `
  SELECT p.account, p.id, (${hasUnreadableProgress('p')})::int::text AS unreadable
  FROM glomopay_events p
  WHERE p.account = $1 AND p.state = 'open' AND p.next_try_at <= statement_timestamp()
  ORDER BY p.next_try_at LIMIT $2`;

/** From account to account by the index, whatever their events are: no other row is read. */
export const accountsWithEvents = `
  WITH RECURSIVE visited (account) AS (
    SELECT min(f.account) FROM glomopay_events f WHERE f.state = 'open'
    UNION ALL
    SELECT (SELECT min(n.account) FROM glomopay_events n
      WHERE n.state = 'open' AND n.account > visited.account)
    FROM visited WHERE visited.account IS NOT NULL
  )
  SELECT visited.account FROM visited
  WHERE EXISTS (SELECT FROM glomopay_events d
    WHERE d.account = visited.account AND d.state = 'open' AND d.next_try_at <= statement_timestamp())`;

/** Of what is parked: by the index of states. */
export const accountsWithParked = accountsWith('glomopay_events', `d.state = 'failed'`);

/** Of what was handled and is as old. */
export const accountsWithHandled = accountsWith(
  'glomopay_events',
  `d.state = 'handled' AND d.received_at < ${momentOf('$1')}`,
);

/**
 * First statement of a commit: nothing comes back when the lease is lost or the handler is done. The
 * lock lets the other handlers of the event go on, and keeps everybody else from claiming it.
 */
export const markDone = `
  WITH lease AS MATERIALIZED (
    SELECT e.account, e.id, e.received_at FROM glomopay_events e
    WHERE e.account = $2 AND e.id = $3 AND e.token = $4::bigint FOR SHARE
  )
  INSERT INTO glomopay_event_handlers AS p (account, event_id, received_at, handler, state, tries)
  SELECT lease.account, lease.id, lease.received_at, $1::text, 'done', 0 FROM lease
  ON CONFLICT (account, event_id, handler, received_at) DO UPDATE SET state = 'done' WHERE p.state <> 'done'
  RETURNING ${durable} AS durable`;

export const concludeEvent = `
  WITH e AS (
    UPDATE glomopay_events p SET type = c.type, object_id = c.object_id, state = c.state,
      reason = c.reason, token = p.token + 1,
      next_try_at = statement_timestamp() + c.next_try_ms * interval '1 millisecond',
      scheduled_at = statement_timestamp(), leased = false
    FROM json_to_record($1::text::json) AS c (account text, id text, token bigint, type text,
      object_id text, state text, reason text, next_try_ms float8)
    WHERE p.account = c.account AND p.id = c.id AND p.token = c.token
    RETURNING p.account, p.id, p.received_at, ${durable} AS durable
  ), h AS (
    INSERT INTO glomopay_event_handlers AS p
      (account, event_id, received_at, handler, state, tries, error)
    SELECT e.account, e.id, e.received_at, i.handler, i.state, i.tries, i.error
    FROM e CROSS JOIN json_to_recordset($2::text::json)
      AS i (handler text, state text, tries integer, error text)
    ON CONFLICT (account, event_id, handler, received_at) DO UPDATE
      SET state = excluded.state, tries = excluded.tries, error = excluded.error
      WHERE p.state <> 'done'
  )
  SELECT e.id, e.durable FROM e`;

export const findEvent = `
  SELECT ${columns} FROM glomopay_events p WHERE p.account = $1 AND p.id = $2`;

export const findBody = `
  SELECT encode(p.body, 'base64') AS body FROM glomopay_events p
  WHERE p.account = $1 AND p.id = $2`;

/** The second parameter is a JSON list of ids. */
export const findProgress = `
  SELECT p.event_id, p.handler, p.state, p.tries::text AS tries, p.error
  FROM glomopay_event_handlers p
  WHERE p.account = $1
    AND p.event_id = ANY(ARRAY(SELECT i.id FROM json_array_elements_text($2::text::json) AS i (id)))
  ORDER BY p.event_id, p.handler`;

/** The newest of each state by the index, then the newest of all. States come as `open,failed`. */
export const listEvents = `
  SELECT ${columns}
  FROM unnest(string_to_array($2::text, ',')) AS s (state)
  CROSS JOIN LATERAL (SELECT * FROM glomopay_events f
    WHERE f.account = $1 AND f.state = s.state AND f.received_at < to_timestamp($3::float8 / 1000)
    ORDER BY f.received_at DESC LIMIT $4::int) p
  ORDER BY p.received_at DESC, p.id LIMIT $4::int`;

export const listObject = `
  SELECT ${columns} FROM glomopay_events p
  WHERE p.account = $1 AND p.object_id = $5 AND p.received_at < to_timestamp($3::float8 / 1000)
    AND p.state = ANY(string_to_array($2::text, ','))
  ORDER BY p.received_at DESC, p.id LIMIT $4::int`;

/** Events in a state that this version does not know: for the log. */
export const unknownEvents = `
  SELECT ${columns} FROM glomopay_events p
  WHERE p.account = $1 AND p.received_at < to_timestamp($2::float8 / 1000) AND ${isUnknownState('p')}
  LIMIT 10`;

export const replayEvent = `
  WITH e AS (
    UPDATE glomopay_events p SET state = 'open', reason = NULL, token = p.token + 1,
      next_try_at = statement_timestamp(), scheduled_at = statement_timestamp(), leased = false
    WHERE p.account = $1 AND p.id = $2 AND p.state = 'failed'
    RETURNING p.account, p.id, ${durable} AS durable
  ), h AS (
    UPDATE glomopay_event_handlers p SET state = 'open', tries = 0, error = NULL
    FROM e WHERE p.account = e.account AND p.event_id = e.id AND p.state <> 'done'
  )
  SELECT e.id, e.durable FROM e`;

/**
 * `account`, before, how many, states as `handled,failed`. The oldest of each state by the index. `ANY(ARRAY(…))`:
 * by the index for each, whatever Postgres thinks of their number. The key stays; a process of version 2 that
 * still runs has left none.
 */
export const purgeEvents = `
  WITH old AS MATERIALIZED (
    SELECT o.id, o.received_at FROM unnest(string_to_array($4::text, ',')) AS s (state)
    CROSS JOIN LATERAL (SELECT f.id, f.received_at FROM glomopay_events f
      WHERE f.account = $1 AND f.state = s.state AND f.received_at < ${momentOf('$2')}
      ORDER BY f.received_at LIMIT $3::int FOR UPDATE SKIP LOCKED) o
    LIMIT $3::int
  ), k AS (
    INSERT INTO glomopay_event_keys (received_by, key, account)
    SELECT ${endOfHour('old.received_at')}, ${keyOf('old.id')}, $1::text FROM old
    ON CONFLICT (account, key) DO NOTHING
  ), h AS (
    DELETE FROM glomopay_event_handlers p
    WHERE p.account = $1 AND p.event_id = ANY(ARRAY(SELECT old.id FROM old))
      AND p.received_at < ${momentOf('$2')}
  ), e AS (
    DELETE FROM glomopay_events p
    WHERE p.account = $1 AND p.id = ANY(ARRAY(SELECT old.id FROM old))
      AND p.received_at < ${momentOf('$2')}
    RETURNING p.id
  )
  SELECT count(*)::text AS purged FROM e`;

/**
 * `account`, before, how many, the hour after which it goes on (0 at first). Some keys of the next hour: one
 * whose event is there stays, and only what has arrived in that hour is looked through for such. What is
 * forgotten has no event, and gets none any more. No hour comes back at the end.
 */
export const forgetKeys = `
  WITH page AS MATERIALIZED (
    SELECT min(k.received_by) AS hour FROM glomopay_event_keys k
    WHERE k.account = $1 AND k.received_by > (timestamptz 'epoch' + $4::float8 * interval '1 second')
      AND k.received_by <= ${momentOf('$2')}
  ), kept AS MATERIALIZED (
    SELECT ${keyOf('e.id')} AS key FROM glomopay_events e WHERE ${isOfHour('e')}
      AND e.state IN (${listed(inboxStates)})
    UNION ALL
    SELECT ${keyOf('e.id')} FROM glomopay_events e WHERE ${isOfHour('e')} AND ${isUnknownState('e')}
  ), old AS MATERIALIZED (
    SELECT k.key FROM glomopay_event_keys k
    WHERE k.account = $1 AND k.received_by = (SELECT page.hour FROM page)
      AND k.key NOT IN (SELECT kept.key FROM kept)
    LIMIT $3::int FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM glomopay_event_keys p
    WHERE p.account = $1 AND p.key = ANY(ARRAY(SELECT old.key FROM old))
    RETURNING p.key
  )
  SELECT (SELECT count(*) FROM gone)::text AS forgotten,
    (SELECT extract(epoch FROM page.hour)::bigint::text FROM page) AS hour`;

function isOfHour(alias: string): string {
  return `${alias}.account = $1
      AND ${alias}.received_at >= (SELECT page.hour - interval '1 hour' FROM page)
      AND ${alias}.received_at < (SELECT page.hour FROM page)`;
}

export const inboxCounts = `
  SELECT (SELECT count(*) FROM glomopay_events p
      WHERE p.account = $1 AND p.state = 'open')::text AS open,
    (SELECT count(*) FROM glomopay_events p
      WHERE p.account = $1 AND p.state = 'failed')::text AS failed,
    (SELECT floor(extract(epoch FROM min(p.received_at)) * 1000)::bigint::text
      FROM glomopay_events p WHERE p.account = $1 AND p.state = 'open') AS oldest_open_at`;

/** See `tookBack`. */
export const recallEvents = tookBack('glomopay_events', 'next_try_at', `state = 'open'`);
