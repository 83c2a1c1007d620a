const REMEMBERED = 10_000;

interface Look<T> {
  readonly startedAt: number;
  readonly result: Promise<T>;
}

/** Looks that count for a while, each shared by everyone who asks meanwhile. */
export class SharedLooks<K, T> {
  readonly #now: () => number;
  readonly #looks = new Map<K, Look<T>>();

  /** @param now Milliseconds that only ever grow. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The last look of the key when it began less than so long ago, else a new one. */
  share(key: K, countsMs: number, look: () => Promise<T>): Promise<T> {
    const now = this.#now();
    const last = this.#looks.get(key);
    if (last !== undefined && now - last.startedAt < countsMs) return last.result;
    const result = look();
    this.#looks.delete(key);
    this.#looks.set(key, { startedAt: now, result });
    if (this.#looks.size > REMEMBERED) this.#forgetOldest();
    return result;
  }

  /** The next look of the key is a new one. */
  forget(key: K): void {
    this.#looks.delete(key);
  }

  #forgetOldest(): void {
    for (const oldest of this.#looks.keys()) {
      this.#looks.delete(oldest);
      return;
    }
  }
}
