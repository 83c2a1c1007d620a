import { afterEach, beforeEach, jest } from '@jest/globals';
import type { Reply } from './recorder.js';

type Config = Extract<Parameters<typeof jest.useFakeTimers>[0], { doNotFake?: unknown }>;

/** Longer than any limit of a test. */
const ALL_LIMITS_MS = 24 * 3_600_000;

const real: Exclude<Config['doNotFake'], undefined> = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
];

/**
 * In the tests of this block the time limits of the library run out when `limitsPass` says so, and
 * at no other moment: a machine may be as busy as it likes. Sockets, promises, clocks and the waits
 * of `node:timers/promises` go on.
 */
export function holdLimits(): void {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: real }));
  afterEach(() => void jest.useRealTimers());
}

/** Lets held limits of up to so many milliseconds run out; without a number, all. */
export function limitsPass(ms: number = ALL_LIMITS_MS): void {
  jest.advanceTimersByTime(ms);
}

/** How many limits are running. */
export function limitsRunning(): number {
  return jest.getTimerCount();
}

/** A gateway that says nothing until the caller's patience is over. Needs `holdLimits`. */
export const silence: Reply = () => limitsPass();
