const WINDOW_MS = 60_000;
/** Enough for a shop; beyond it the oldest counters go, so an attacker cannot fill the memory. */
const MOST_COUNTERS = 20_000;

/** Counts attempts by key over the last minute. Each process counts for itself. */
export class AttemptCounter {
  readonly #spent = new Map<string, number[]>();
  readonly #mostPerMinute: number;

  constructor(mostPerMinute: number) {
    this.#mostPerMinute = mostPerMinute;
  }

  /** The seconds until every key has an attempt left; `undefined` when they have one now. */
  waitSeconds(keys: readonly string[]): number | undefined {
    const waits = keys.map((key) => this.#waitOf(key)).filter((wait) => wait > 0);
    return waits.length > 0 ? Math.ceil(Math.max(...waits) / 1000) : undefined;
  }

  /** Takes an attempt from each key. */
  spend(keys: readonly string[]): void {
    for (const key of keys) {
      const times = this.#recent(key);
      times.push(Date.now());
      // Deleted first, so that the map is in order of last use.
      this.#spent.delete(key);
      this.#spent.set(key, times.slice(-2 * this.#mostPerMinute));
    }
    dropOldest(this.#spent);
  }

  #waitOf(key: string): number {
    const blocking = this.#recent(key).at(-this.#mostPerMinute);
    return blocking === undefined ? 0 : blocking + WINDOW_MS - Date.now();
  }

  #recent(key: string): number[] {
    return (this.#spent.get(key) ?? []).filter((time) => time > Date.now() - WINDOW_MS);
  }
}

/** Keeps a map, in order of last use, to a size that an attacker cannot grow. */
export function dropOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= MOST_COUNTERS) {
      return;
    }
    map.delete(key);
  }
}
