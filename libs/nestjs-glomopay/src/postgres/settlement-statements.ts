import { isKey } from './movement-columns.js';
import {
  around,
  lockBy,
  ownTable,
  subjectOf,
  updatesWith,
  withAround,
} from './settlement-parts.js';
import { durable, forgotten } from './sql-parts.js';

export const lock = lockBy(`MATERIALIZED (
    SELECT ${durable} AS durable, ${forgotten} AS forgotten,
      pg_advisory_xact_lock(hashtextextended('glomopay ' || p.account || ' '
        || ${subjectOf('p')}, ${ownTable}))::text AS locked
    FROM glomopay_movements p WHERE ${isKey}
  )`);

/** The same once more, by a statement that has begun when the lock was held. */
export const look = `
  SELECT ${withAround}
  FROM glomopay_movements p CROSS JOIN LATERAL (${around}) s WHERE ${isKey}`;

export const { updateRecord, updateWithLine, updateWithEvent } = updatesWith({});
