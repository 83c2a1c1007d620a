import { purgeHistoryByKey } from './history-statements.js';
import { isKey } from './movement-columns.js';
import { lockBy, subjectOf, updatesWith } from './settlement-parts.js';
import { durable, forgotten, tookBackByKey } from './sql-parts.js';

/**
 * Settlements of one subject wait for each other by a row of a table made for that: whoever wants to
 * write it waits for the transaction that has written it. Never by rows of movements: others of the
 * subject are claimed and scheduled meanwhile, and one that is inserted meanwhile would be in no lock. A
 * settlement has one such row and no second, so that no two can wait for each other.
 */
export const lock = lockBy(`(
    INSERT INTO glomopay_locks AS l (account, subject)
    SELECT p.account, ${subjectOf('p')} FROM glomopay_movements p WHERE ${isKey}
    ON CONFLICT (account, subject) DO UPDATE SET subject = excluded.subject
    RETURNING ${durable} AS durable, ${forgotten} AS forgotten, l.subject AS locked
  )`);

/**
 * The row is deleted by the transaction that has written it: the table stays empty, and whoever waits
 * still waits for the commit.
 */
export const { updateRecord, updateWithLine, updateWithEvent } = updatesWith({
  unlocked: `DELETE FROM glomopay_locks l USING changed
    WHERE l.account = changed.account AND l.subject = ${subjectOf('changed')}`,
});

/** For a settlement that has changed nothing. */
export const unlock = `
  DELETE FROM glomopay_locks l USING glomopay_movements p
  WHERE ${isKey} AND l.account = p.account AND l.subject = ${subjectOf('p')}`;

export const purgeHistory = purgeHistoryByKey;

export const recallMovements = tookBackByKey(
  'glomopay_movements',
  ['account', 'kind', 'request_id'],
  'next_check_at',
  'next_check_at IS NOT NULL',
);

export const recallEvents = tookBackByKey(
  'glomopay_events',
  ['account', 'id'],
  'next_try_at',
  `state = 'open'`,
);
