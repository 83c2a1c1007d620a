import { setTimeout as sleep } from 'node:timers/promises';

/** Time and randomness, injected so that tests can own them. */
export interface Clock {
  /** Milliseconds that only ever grow; for durations, not for dates. */
  now(): number;
  /** Milliseconds since the Unix epoch. */
  date(): number;
  /** A number in [0, 1). */
  random(): number;
  /** Resolves after the milliseconds; rejects at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock and randomness. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};
