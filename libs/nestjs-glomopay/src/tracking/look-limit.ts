import type { Clock } from '../config/clock.js';

const GAP_MS = 1_000;
const REMEMBERED = 10_000;

/**
 * At most one look at the gateway per payment and second on behalf of browsers: a genuine callback
 * can be replayed by anyone who has its address.
 */
export class LookLimit {
  readonly #clock: Clock;
  readonly #lastLooks = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a look may be taken now; counts it when it may. */
  allows(key: string): boolean {
    const now = this.#clock.now();
    if (now - (this.#lastLooks.get(key) ?? -Infinity) < GAP_MS) return false;
    this.#lastLooks.delete(key);
    this.#lastLooks.set(key, now);
    const [oldest] = this.#lastLooks.keys();
    if (this.#lastLooks.size > REMEMBERED && oldest !== undefined) this.#lastLooks.delete(oldest);
    return true;
  }
}
