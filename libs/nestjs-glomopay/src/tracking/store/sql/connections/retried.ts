import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from './held-connection.js';
import type { SqlAdapter } from './sql-adapter.js';
import { inTime, NoAnswerError } from './time-limits.js';

const TRIES = 8;
const PAUSE_MS = 20;

/** Longer than an adapter of this library takes to give up; nobody waits for another one for ever. */
const WITHIN_MS = 25_000;

/**
 * Runs single statements again that the database rolled back because of another transaction: what was
 * rolled back by itself can be done again. It happens where a session's default isolation is
 * stricter than `READ COMMITTED`, among statements that have nothing to do with each other; so from
 * then on in a transaction that is `READ COMMITTED`.
 */
export function retried<Asked extends readonly unknown[], Answer>(
  adapter: SqlAdapter<unknown, Asked, Answer>,
  isConflict: (thrown: unknown) => boolean,
): Query<Asked, Answer> {
  return (...asked) =>
    untilNoConflict(isConflict, (isFirst) => {
      const answer = isFirst
        ? adapter.query(...asked)
        : adapter.transaction((_, inside) => inside(...asked));
      return inTime(answer, WITHIN_MS, noAnswer);
    });
}

/** Tries some times to do what the database may roll back because of another transaction. */
export async function untilNoConflict<T>(
  isConflict: (thrown: unknown) => boolean,
  work: (isFirst: boolean) => Promise<T>,
): Promise<T> {
  for (let tries = TRIES; ; tries -= 1) {
    try {
      return await work(tries === TRIES);
    } catch (thrown) {
      if (!isConflict(thrown) || tries === 1) throw thrown;
    }
    await sleep(PAUSE_MS * Math.random());
  }
}

function noAnswer(): Error {
  return new NoAnswerError('The database library did not answer', WITHIN_MS);
}
