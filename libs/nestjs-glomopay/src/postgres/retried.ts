import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresAdapter, PostgresQuery } from './postgres-adapter.js';
import { sqlStateOf } from './sql-state.js';
import { inTime, NoAnswerError } from './time-limits.js';

const TRIES = 8;
const PAUSE_MS = 20;

/** Longer than an adapter of this library takes to give up; nobody waits for another one for ever. */
const WITHIN_MS = 25_000;

/**
 * Runs single statements again that Postgres rolled back because of another transaction: what was
 * rolled back by itself can be done again. It happens where a session's default isolation is
 * stricter than `READ COMMITTED`, among statements that have nothing to do with each other; so from
 * then on in a transaction that is `READ COMMITTED`.
 */
export function retried(adapter: PostgresAdapter<unknown>): PostgresQuery {
  return async (text, params) => {
    for (let tries = TRIES; ; tries -= 1) {
      try {
        const answer =
          tries === TRIES
            ? adapter.query(text, params)
            : adapter.transaction((_, inside) => inside(text, params));
        return await inTime(answer, WITHIN_MS, noAnswer);
      } catch (thrown) {
        const state = sqlStateOf(thrown);
        const isConflict = state === '40001' || state === '40P01';
        if (!isConflict || tries === 1) throw thrown;
      }
      await sleep(PAUSE_MS * Math.random());
    }
  };
}

function noAnswer(): Error {
  return new NoAnswerError('The database library did not answer', WITHIN_MS);
}
