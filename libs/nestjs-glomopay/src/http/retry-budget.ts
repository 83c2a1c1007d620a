import type { Clock } from '../config/clock.js';

const WINDOW_MS = 10_000;
const SHARE = 0.1;
const ALWAYS = 3;

/**
 * Keeps retries from multiplying the load of a gateway that is down: within 10 seconds there are at
 * most 3 retries plus one for every ten calls. Calls themselves are never held back.
 */
export class RetryBudget {
  readonly #clock: Clock;
  readonly #calls: number[] = [];
  readonly #retries: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a call. */
  countCall(): void {
    const now = this.#clock.now();
    this.#calls.push(now);
    forget(this.#calls, now);
  }

  /** Whether one more retry is within the budget; counts it when it is. */
  allowsRetry(): boolean {
    const now = this.#clock.now();
    forget(this.#calls, now);
    forget(this.#retries, now);
    if (this.#retries.length >= ALWAYS + Math.floor(this.#calls.length * SHARE)) return false;
    this.#retries.push(now);
    return true;
  }
}

/** Drops what is older than the window from the front. */
function forget(times: number[], now: number): void {
  const first = times.findIndex((time) => now - time < WINDOW_MS);
  times.splice(0, first === -1 ? times.length : first);
}
