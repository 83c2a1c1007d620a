import { accountsWith } from '../tracking/store/sql/accounts-with.js';
import { LINES_AT_ONCE } from '../tracking/store/sql/lines-at-once.js';
import { columns, isKey } from './movement-columns.js';
import { momentOf, ms } from './sql-parts.js';

/** Microseconds, as `purgeHistory` gives them. */
const PLACE = `(timestamptz 'epoch' + $3::float8 * interval '1 microsecond')`;

/** By the index of times. */
export const accountsWithHistory = accountsWith('glomopay_history', `d.at < ${momentOf('$1')}`);

export const history = `
  SELECT ${ms('at')}, p.version::text AS version, p.from_state, p.to_state, p.reason,
    p.gateway_status, p.object_id, p.witness, p.witness_id, p.note
  FROM glomopay_history p WHERE ${isKey} ORDER BY p.version`;

/**
 * `account`, the time after which it goes on, and its record's `kind` and `request_id`; to; how many. The
 * place of that record is looked up, since a `Date` lacks the microseconds; the time stands in for it
 * where there is none. What one batch has written, some hundreds at one moment, has one place in the
 * index of time: only what lies up to the last moment of the page is read and sorted.
 */
export const within = `
  WITH place AS MATERIALIZED (
    SELECT coalesce(max(f.created_at), ${momentOf('$2')}) AS at FROM glomopay_movements f
    WHERE f.account = $1 AND f.kind = $3 AND f.request_id = $4
  ), page AS MATERIALIZED (
    SELECT n.created_at AS at FROM glomopay_movements n
    WHERE ${isFurther('n')} AND n.created_at < ${momentOf('$5')}
    ORDER BY n.created_at LIMIT $6
  )
  SELECT ${columns} FROM glomopay_movements p
  WHERE ${isFurther('p')} AND p.created_at <= (SELECT max(page.at) FROM page)
  ORDER BY p.created_at, p.kind, p.request_id LIMIT $6`;

function isFurther(alias: string): string {
  return `${alias}.account = $1 AND ${alias}.created_at >= (SELECT place.at FROM place)
    AND (${alias}.created_at, ${alias}.kind, ${alias}.request_id)
      > ((SELECT place.at FROM place), $3, $4)`;
}

/**
 * `account`, before, the place after which it goes on (0 at first). Line by line
 * by the index of time, so that what stays is passed once and not once for every batch. Whatever is being
 * settled is left to the next purge; what has just been is judged as it stands now (`FOR SHARE` reads
 * the row that it locks). The limit is no parameter: Postgres would expect a tenth of the table, and
 * compile the statement for it. A place in a table is one in each partition, so its table is named too. `place` is where the next batch goes on: the end, when there is none.
 */
const purgeBy = (purged: string): string => `
  WITH page AS MATERIALIZED (
    SELECT h.at, h.kind, h.request_id FROM glomopay_history h
    WHERE h.account = $1 AND h.at > ${PLACE} AND h.at < ${momentOf('$2')}
    ORDER BY h.at LIMIT ${LINES_AT_ONCE}
  ), seen AS MATERIALIZED (
    SELECT page.kind, page.request_id FROM page
    UNION
    SELECT h.kind, h.request_id FROM glomopay_history h
    WHERE h.account = $1 AND h.at = (SELECT max(page.at) FROM page)
  ), ended AS MATERIALIZED (
    SELECT p.kind, p.request_id FROM seen CROSS JOIN LATERAL (
      SELECT m.kind, m.request_id FROM glomopay_movements m
      WHERE m.account = $1 AND m.kind = seen.kind AND m.request_id = seen.request_id
        AND m.updated_at < ${momentOf('$2')} AND m.next_check_at IS NULL AND NOT m.needs_person
      LIMIT 1 FOR SHARE SKIP LOCKED) p
    UNION ALL
    SELECT seen.kind, seen.request_id FROM seen WHERE (SELECT m.version FROM glomopay_movements m
      WHERE m.account = $1 AND m.kind = seen.kind AND m.request_id = seen.request_id LIMIT 1) IS NULL
  ), ${purged}
    RETURNING h.kind, h.request_id
  )
  SELECT (SELECT count(*) FROM (SELECT DISTINCT kind, request_id FROM purged) d)::text AS purged,
    (SELECT floor(extract(epoch FROM max(page.at)) * 1000000)::bigint::text FROM page) AS place`;

export const purgeHistory = purgeBy(`lines AS MATERIALIZED (
    SELECT l.ctid AS place, l.tableoid || ' ' || l.ctid AS line
    FROM ended CROSS JOIN LATERAL (SELECT o.ctid, o.tableoid FROM glomopay_history o
      WHERE o.account = $1 AND o.kind = ended.kind AND o.request_id = ended.request_id OFFSET 0) l
  ), purged AS (
    DELETE FROM glomopay_history h WHERE h.ctid = ANY(ARRAY(SELECT lines.place FROM lines))
      AND h.tableoid || ' ' || h.ctid IN (SELECT lines.line FROM lines)`);

/** The same for databases whose rows have no `ctid`. */
export const purgeHistoryByKey = purgeBy(`purged AS (
    DELETE FROM glomopay_history h USING ended
    WHERE h.account = $1 AND h.kind = ended.kind AND h.request_id = ended.request_id`);
