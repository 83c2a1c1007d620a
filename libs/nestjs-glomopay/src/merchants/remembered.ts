/** Keeps values for a time, and a bounded number of them: who sends made-up names must not fill the memory. */
export class Remembered<T> {
  readonly #most: number;
  readonly #now: () => number;
  readonly #entries = new Map<string, { readonly value: T; readonly until: number }>();

  /** @param now Milliseconds that only ever grow. */
  constructor(most: number, now: () => number) {
    this.#most = most;
    this.#now = now;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Keeps it from now on, and gives up the oldest one for it where there are too many. */
  keep(name: string, value: T, forMs: number): void {
    this.#entries.delete(name);
    if (forMs <= 0) return;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size < this.#most) break;
      this.#entries.delete(oldest);
    }
    this.#entries.set(name, { value, until: this.#now() + forMs });
  }

  get(name: string): T | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    if (this.#now() < entry.until) return entry.value;
    this.#entries.delete(name);
    return undefined;
  }

  forget(name: string): void {
    this.#entries.delete(name);
  }
}
