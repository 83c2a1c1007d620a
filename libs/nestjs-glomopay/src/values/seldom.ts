const REMEMBERED = 10_000;

/** Says whether something may be said again, so that a log is not filled with one thing. */
export class Seldom {
  readonly #quietMs: number;
  readonly #saidAt = new Map<string, number>();

  /** @param quietMs How long a thing that was said is not said again. */
  constructor(quietMs: number) {
    this.#quietMs = quietMs;
  }

  /** True at most once in the quiet time for each thing; the one who asks then says it. */
  mayBeSaid(thing: string): boolean {
    const now = performance.now();
    if (now - (this.#saidAt.get(thing) ?? -Infinity) < this.#quietMs) return false;
    if (this.#saidAt.size >= REMEMBERED) this.#forget(now);
    this.#saidAt.set(thing, now);
    return true;
  }

  /** What may be said again anyway; when everything is recent, everything. */
  #forget(now: number): void {
    for (const [thing, at] of this.#saidAt) {
      if (now - at >= this.#quietMs) this.#saidAt.delete(thing);
    }
    if (this.#saidAt.size >= REMEMBERED) this.#saidAt.clear();
  }
}
