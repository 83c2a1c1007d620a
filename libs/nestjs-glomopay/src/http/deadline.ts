import type { Clock } from '../config/clock.js';

/** The moment at which a call ends, whatever it is doing. */
export class Deadline {
  readonly #clock: Clock;
  readonly #at: number;

  constructor(clock: Clock, durationMs: number) {
    this.#clock = clock;
    this.#at = clock.now() + durationMs;
  }

  /** Milliseconds that are left; never negative. */
  left(): number {
    return Math.max(0, this.#at - this.#clock.now());
  }

  /** A duration shortened to what is left, and at least 1 ms. */
  clamp(durationMs: number): number {
    return Math.max(1, Math.min(durationMs, this.left()));
  }
}
