/** One at a time within a lane, in the order of arrival; lanes do not wait for each other. */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs the work when everything before it in its lane has ended, however it ended. */
  async run<T>(lane: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(lane) ?? Promise.resolve();
    const result = before.then(work);
    const tail = result.then(nothing, nothing);
    this.#tails.set(lane, tail);
    try {
      return await result;
    } finally {
      if (this.#tails.get(lane) === tail) this.#tails.delete(lane);
    }
  }
}

function nothing(): void {}
