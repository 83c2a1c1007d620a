import { within } from '../../../../values/within.js';

/** How long a database may take, in milliseconds. */
export interface TimeLimits {
  /** Until the pool gives a connection. */
  readonly connectMs: number;
  /** Until a statement is answered. */
  readonly answerMs: number;
  /** The same for a statement that changes tables. */
  readonly patientAnswerMs: number;
}

/** Well above what any statement of the store takes, and well below what a webhook can wait. */
export const TIME_LIMITS: TimeLimits = {
  connectMs: 10_000,
  answerMs: 10_000,
  patientAnswerMs: 600_000,
};

/** The database was silent for too long. What a statement was about may have happened or not. */
export class NoAnswerError extends Error {
  constructor(what: string, ms: number) {
    super(`${what} within ${ms / 1000} s`);
    this.name = 'NoAnswerError';
  }
}

/**
 * Waits for a promise for so long.
 *
 * @param onLate Called before it rejects with what this gives.
 */
export function inTime<T>(promise: Promise<T>, ms: number, onLate: () => Error): Promise<T> {
  return within(ms, promise, () => {
    throw onLate();
  });
}
