/** Lets a bounded number of things happen at once; the others wait in their order, a bounded number too. */
export class Turns {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  /** @param onFull What is done when too many wait already; what it throws is thrown. */
  async take<T>(work: () => Promise<T>, onFull: () => T): Promise<T> {
    if (this.#taken >= this.#atOnce) {
      if (this.#waiting.size >= this.#mostWaiting) return onFull();
      // The turn is handed over, so that nobody who comes meanwhile takes it.
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    } else {
      this.#taken += 1;
    }
    try {
      return await work();
    } finally {
      this.#next();
    }
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
