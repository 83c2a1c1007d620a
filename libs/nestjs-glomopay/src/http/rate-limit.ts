import type { Clock } from '../config/clock.js';

/** Share of a minute's requests that may go out at once; the rest is spread over the minute. */
const BURST_SHARE = 0.1;
const MINUTE_MS = 60_000;

/**
 * Spreads an account's requests so that no minute has more than the gateway allows. A burst is let
 * through, what comes after it queues in order.
 */
export class RateLimit {
  readonly #clock: Clock;
  readonly #burst: number;
  readonly #gapMs: number;
  /** The moment at which every slot handed out so far is used up. */
  #full: number;

  constructor(perMinute: number, clock: Clock) {
    this.#clock = clock;
    this.#burst = Math.max(1, Math.floor(perMinute * BURST_SHARE));
    this.#gapMs = MINUTE_MS / Math.max(1, perMinute - this.#burst);
    this.#full = -Infinity;
  }

  /**
   * Takes the next slot and gives the milliseconds until it, or undefined, with no slot taken, when
   * that is longer than the caller can wait.
   */
  take(longestMs: number): number | undefined {
    const now = this.#clock.now();
    const full = Math.max(this.#full, now - this.#burst * this.#gapMs) + this.#gapMs;
    // Sums of gaps are not exact; what is below a millisecond is no wait at all.
    const wait = full - now < 1 ? 0 : full - now;
    if (wait > 0 && wait >= longestMs) return undefined;
    this.#full = full;
    return wait;
  }
}
