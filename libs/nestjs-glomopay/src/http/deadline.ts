import type { Clock } from '../config/clock.js';

/** The moment at which a call ends, whatever it is doing. */
export class Deadline {
  readonly #clock: Clock;
  readonly #at: number;
  #reserveMs: number;

  /** The reserve is a part of the duration that is kept back until it is released. */
  constructor(clock: Clock, durationMs: number, reserveMs = 0) {
    this.#clock = clock;
    this.#at = clock.now() + durationMs;
    this.#reserveMs = reserveMs;
  }

  /** Gives the reserve out. */
  release(): this {
    this.#reserveMs = 0;
    return this;
  }

  /** Milliseconds that are left; never negative. */
  left(): number {
    return Math.max(0, this.#at - this.#reserveMs - this.#clock.now());
  }

  /** A duration shortened to what is left, and at least 1 ms. */
  clamp(durationMs: number): number {
    return Math.max(1, Math.min(durationMs, this.left()));
  }
}
