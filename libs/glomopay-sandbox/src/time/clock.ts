import { setTimeout as delay } from 'node:timers/promises';

/** Where the sandbox reads the time, so that a test can move it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** A clock that also does things at a moment. */
export interface Scheduler extends Clock {
  at(dueAt: number, run: () => Promise<void>): void;
}

export const systemClock: Clock = { now: () => Date.now() };

/** The clock's time as the gateway writes it: ISO 8601, UTC, with milliseconds. */
export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}

/**
 * Waits. A stop of the sandbox ends the wait with an error, so that whatever was held back never
 * happens.
 */
export async function pause(milliseconds: number, stopping: AbortSignal): Promise<void> {
  if (milliseconds > 0) await delay(milliseconds, undefined, { signal: stopping });
}
