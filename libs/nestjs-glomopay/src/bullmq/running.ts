/** The work that this process is doing right now, so that a stop can wait for it. */
export class Running {
  readonly #promises = new Set<Promise<unknown>>();

  async track<Result>(work: Promise<Result>): Promise<Result> {
    this.#promises.add(work);
    try {
      return await work;
    } finally {
      this.#promises.delete(work);
    }
  }

  /** Resolves when nothing runs any more, what began meanwhile included; never rejects. */
  async end(): Promise<void> {
    while (this.#promises.size > 0) await Promise.allSettled(this.#promises);
  }
}
