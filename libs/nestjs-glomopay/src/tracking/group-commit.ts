interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** How much a {@link GroupCommit} does at once. */
export interface GroupCommitLimits<Item> {
  /** Batches under way at the same time. */
  readonly flights: number;
  /** Items in one batch. */
  readonly items: number;
  /** Bytes in one batch, unless a single item has more. @defaultValue no limit */
  readonly bytes?: { readonly most: number; readonly of: (item: Item) => number };
}

/**
 * Writes what arrives together in one batch. Nothing waits for company: a lone item goes at once,
 * and only what comes while every flight is under way is gathered for the next one.
 */
export class GroupCommit<Item, Result> {
  readonly #write: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>;
  readonly #limits: GroupCommitLimits<Item>;
  readonly #flights = new Set<Promise<void>>();
  #waiting: Waiting<Item, Result>[] = [];
  #called = false;

  /**
   * @param write Writes a batch durably; answers item by item, in order. When it rejects, so does
   *   every item of that batch, and none of another.
   */
  constructor(
    write: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>,
    limits: GroupCommitLimits<Item>,
  ) {
    this.#write = write;
    this.#limits = limits;
  }

  /** Writes the item with whatever arrives in the same tick. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#called) return;
      this.#called = true;
      queueMicrotask(() => {
        this.#called = false;
        this.#depart();
      });
    });
  }

  /** Resolves when nothing is under way or waiting. */
  async idle(): Promise<void> {
    while (this.#called || this.#flights.size > 0) {
      await Promise.all(this.#flights);
    }
  }

  #depart(): void {
    while (this.#waiting.length > 0 && this.#flights.size < this.#limits.flights) {
      const batch = this.#waiting.slice(0, this.#size());
      this.#waiting = this.#waiting.slice(batch.length);
      const flight = this.#fly(batch).finally(() => {
        this.#flights.delete(flight);
        this.#depart();
      });
      this.#flights.add(flight);
    }
  }

  /** How many of those who wait go together. */
  #size(): number {
    const { items, bytes } = this.#limits;
    if (bytes === undefined) return items;
    let room = bytes.most;
    const end = this.#waiting.findIndex(({ item }, index) => {
      room -= bytes.of(item);
      return index === items || (room < 0 && index > 0);
    });
    return end === -1 ? items : end;
  }

  async #fly(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#write(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result?.status === 'fulfilled') resolve(result.value);
        else reject(result?.reason ?? new Error('The batch was written without an answer'));
      }
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown);
    }
  }
}
