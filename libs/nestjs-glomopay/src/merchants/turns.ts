/**
 * Lets a bounded number of things happen at once; the others wait in their order, a bounded number too, and
 * for a bounded time: where what is under way hangs, so would everything behind it.
 */
export class Turns {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waitMs: number;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(atOnce: number, mostWaiting: number, waitMs: number) {
    this.#atOnce = atOnce;
    this.#mostWaiting = mostWaiting;
    this.#waitMs = waitMs;
  }

  /** @param onFull What is done when too many wait already, or for too long; what it throws is thrown. */
  async take<T>(work: () => Promise<T>, onFull: () => T): Promise<T> {
    if (this.#taken >= this.#atOnce) {
      if (this.#waiting.size >= this.#mostWaiting) return onFull();
      if (!(await this.#turn())) return onFull();
    } else {
      this.#taken += 1;
    }
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  /** False: it has not come in time. It is handed over, so that nobody who comes meanwhile takes it. */
  #turn(): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = (): void => {
        if (this.#waiting.delete(go)) resolve(false);
      };
      // A turn that came while this process stood still is taken before the immediate runs.
      const timer = setTimeout(() => setImmediate(giveUp), this.#waitMs);
      const go = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      this.#waiting.add(go);
    });
  }

  #next(): void {
    for (const go of this.#waiting) {
      this.#waiting.delete(go);
      go();
      return;
    }
    this.#taken -= 1;
  }
}
