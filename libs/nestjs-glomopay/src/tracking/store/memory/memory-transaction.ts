/** What an outcome handler gets from a `MemoryTrackingStore`: work to do once the outcome stands. */
export class MemoryTransaction {
  readonly #works: (() => void)[] = [];

  /** Runs the work when the settlement has been committed; never when a handler has failed. */
  afterCommit(work: () => void): void {
    this.#works.push(work);
  }

  /** @internal */
  commit(): void {
    for (const work of this.#works) work();
  }
}
