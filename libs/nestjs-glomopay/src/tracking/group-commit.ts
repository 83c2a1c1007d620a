import { ownContext } from '../values/own-context.js';
import { WaitingItems, type WaitingItem, type WaitingLimits } from './waiting-items.js';

/** How much a {@link GroupCommit} does at once, and how much may wait. */
export interface GroupCommitLimits<Item, Result> extends WaitingLimits<Item> {
  /** Batches under way at the same time. */
  readonly flights: number;
  /** What everybody but the first is answered who waits for one thing. */
  readonly again?: Result;
}

/**
 * Writes what arrives together in one batch. Nothing waits for company: a lone item goes at once,
 * and only what comes while every flight is under way is gathered for the next one.
 */
export class GroupCommit<Item, Result> {
  readonly #write: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>;
  readonly #limits: GroupCommitLimits<Item, Result>;
  /** A batch has many callers; it runs in the async context of none of them. */
  readonly #inOwnContext = ownContext();
  readonly #flights = new Set<Promise<void>>();
  readonly #waiting: WaitingItems<Item, Result>;
  #called = false;

  /**
   * @param write Writes a batch durably; answers item by item, in order. When it rejects, so does
   *   every item of that batch, and none of another.
   */
  constructor(
    write: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>,
    limits: GroupCommitLimits<Item, Result>,
  ) {
    this.#write = write;
    this.#limits = limits;
    this.#waiting = new WaitingItems(limits);
  }

  /**
   * Writes the item with whatever arrives in the same tick. Rejects at once when too much waits.
   *
   * @param signal Gives up: rejects, and the item is not written unless it is being written already
   *   or somebody else waits for the same thing.
   */
  async add(item: Item, signal?: AbortSignal): Promise<Result> {
    signal?.throwIfAborted();
    const entry = this.#waiting.enter(item);
    this.#call();
    let giveUp = (): void => undefined;
    try {
      return await new Promise<Result>((resolve, reject) => {
        const waiter = { resolve, reject };
        entry.waiters.add(waiter);
        giveUp = () => {
          entry.waiters.delete(waiter);
          if (entry.waiters.size === 0) this.#waiting.leave(entry);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', giveUp);
      });
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Resolves when nothing is under way or waiting. */
  async idle(): Promise<void> {
    while (this.#called || this.#flights.size > 0) {
      await Promise.all(this.#flights);
    }
  }

  #call(): void {
    if (this.#called) return;
    this.#called = true;
    this.#inOwnContext(() =>
      queueMicrotask(() => {
        this.#called = false;
        this.#depart();
      }),
    );
  }

  #depart(): void {
    while (!this.#waiting.isEmpty && this.#flights.size < this.#limits.flights) {
      const flight = this.#fly(this.#waiting.nextBatch()).finally(() => {
        this.#flights.delete(flight);
        this.#depart();
      });
      this.#flights.add(flight);
    }
  }

  async #fly(batch: readonly WaitingItem<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#write(batch.map(({ item }) => item));
      for (const [index, entry] of batch.entries()) this.#answer(entry, results[index]);
    } catch (reason) {
      for (const entry of batch) this.#answer(entry, { status: 'rejected', reason });
    }
  }

  #answer({ waiters }: WaitingItem<Item, Result>, result?: PromiseSettledResult<Result>): void {
    const [first] = waiters;
    const { again } = this.#limits;
    for (const { resolve, reject } of waiters) {
      if (result?.status !== 'fulfilled') {
        reject(result?.reason ?? new Error('The batch was written without an answer'));
      } else if (again === undefined || resolve === first?.resolve) resolve(result.value);
      else resolve(again);
    }
  }
}
