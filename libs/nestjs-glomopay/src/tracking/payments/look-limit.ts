import type { Clock } from '../../config/clock.js';

const GAP_MS = 1_000;
const REMEMBERED = 10_000;

interface Look<T> {
  readonly startedAt: number;
  readonly result: Promise<T>;
}

/**
 * At most one look at the gateway per payment and second on behalf of browsers, shared by everyone
 * who asks meanwhile: a genuine callback can be replayed by anyone who has its address.
 */
export class LookLimit<T> {
  readonly #clock: Clock;
  readonly #looks = new Map<string, Look<T>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The look of the last second, or a new one. */
  share(key: string, look: () => Promise<T>): Promise<T> {
    const now = this.#clock.now();
    const last = this.#looks.get(key);
    if (last !== undefined && now - last.startedAt < GAP_MS) return last.result;
    const result = look();
    this.#looks.delete(key);
    this.#looks.set(key, { startedAt: now, result });
    const [oldest] = this.#looks.keys();
    if (this.#looks.size > REMEMBERED && oldest !== undefined) this.#looks.delete(oldest);
    return result;
  }
}
