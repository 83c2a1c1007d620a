import { ownContext } from '../../values/own-context.js';
import type { Patience } from './patience.js';
import { WaitingItems, type BatchLimits, type WaitingItem } from './waiting-items.js';

/** How much a {@link GroupCommit} does at once, and how much may wait. */
export interface GroupCommitLimits<Item, Result> extends BatchLimits<Item> {
  /** Batches under way at the same time. */
  readonly flights: number;
  /** What everybody but the first is answered who waits for one thing. */
  readonly again?: Result;
  /**
   * What may be without an answer at once, waiting or under way: whoever waits keeps an item in
   * memory, also where several wait for the same. @defaultValue 10,000 items, any number of bytes
   */
  readonly unanswered?: { readonly items: number; readonly bytes: number };
}

const UNANSWERED = { items: 10_000, bytes: Infinity };

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
  /** For those who came in this tick: told when it is known who has to wait. */
  readonly #arrivals: (() => void)[] = [];
  #called = false;
  #items = 0;
  #bytes = 0;

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
   * Writes the item with whatever arrives in the same tick. Rejects at once when too much is without
   * an answer.
   *
   * @param patience Gives up: rejects, and the item is not written unless it is being written already
   *   or somebody else waits for the same thing. Asked only for what has to wait.
   */
  async add(item: Item, patience?: Patience): Promise<Result> {
    const bytes = this.#limits.bytes?.of(item) ?? 0;
    this.#assertRoom(bytes);
    const entry = this.#waiting.enter(item);
    this.#call();
    this.#items += 1;
    this.#bytes += bytes;
    let stopListening: (() => void) | undefined;
    try {
      return await new Promise<Result>((resolve, reject) => {
        const waiter = { resolve, reject };
        entry.waiters.add(waiter);
        this.#arrivals.push(() => {
          if (patience === undefined || !this.#waiting.has(entry)) return;
          const { signal } = patience;
          const giveUp = (): void => {
            entry.waiters.delete(waiter);
            if (entry.waiters.size === 0) this.#waiting.leave(entry);
            reject(signal.reason);
          };
          stopListening = () => signal.removeEventListener('abort', giveUp);
          signal.addEventListener('abort', giveUp);
          if (signal.aborted) giveUp();
        });
      });
    } finally {
      stopListening?.();
      this.#items -= 1;
      this.#bytes -= bytes;
    }
  }

  /** Resolves when nothing is under way or waiting. */
  async idle(): Promise<void> {
    while (this.#called || this.#flights.size > 0) {
      await Promise.all(this.#flights);
    }
  }

  #assertRoom(bytes: number): void {
    const { unanswered = UNANSWERED } = this.#limits;
    const isFull =
      this.#items >= unanswered.items ||
      (this.#items > 0 && this.#bytes + bytes > unanswered.bytes);
    if (isFull) throw new Error('The database does not keep up: too much waits to be written');
  }

  #call(): void {
    if (this.#called) return;
    this.#called = true;
    this.#inOwnContext(() =>
      queueMicrotask(() => {
        this.#called = false;
        this.#depart();
        for (const arrived of this.#arrivals.splice(0)) arrived();
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
