/** Somebody who waits for an answer about an item. */
export interface Waiter<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** An item with everybody who waits for it; the first of them is answered for having brought it. */
export interface WaitingItem<Item, Result> {
  readonly item: Item;
  readonly key: string | undefined;
  readonly bytes: number;
  readonly waiters: Set<Waiter<Result>>;
}

/** How much may wait, and how much of it goes together. */
export interface WaitingLimits<Item> {
  /** Items in one batch. */
  readonly items: number;
  /** Bytes in one batch, unless a single item has more. @defaultValue no limit */
  readonly bytes?: { readonly most: number; readonly of: (item: Item) => number };
  /** What may wait at all. @defaultValue 10,000 items, any number of bytes */
  readonly waiting?: { readonly items: number; readonly bytes: number };
  /** Items with one key are the same thing and wait as one. @defaultValue each waits for itself */
  readonly keyOf?: (item: Item) => string;
}

const WAITING = { items: 10_000, bytes: Infinity };

/** What waits for the next batch, in the order of arrival; never more than fits. */
export class WaitingItems<Item, Result> {
  readonly #limits: WaitingLimits<Item>;
  readonly #entries = new Set<WaitingItem<Item, Result>>();
  readonly #byKey = new Map<string, WaitingItem<Item, Result>>();
  #bytes = 0;

  constructor(limits: WaitingLimits<Item>) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** The entry of an item, perhaps one that waits already. Throws when there is no room. */
  enter(item: Item): WaitingItem<Item, Result> {
    const { bytes, keyOf, waiting = WAITING } = this.#limits;
    const key = keyOf?.(item);
    const known = key === undefined ? undefined : this.#byKey.get(key);
    if (known !== undefined) return known;
    const size = bytes?.of(item) ?? 0;
    if (this.#entries.size >= waiting.items || this.#bytes + size > waiting.bytes) {
      throw new Error('The database does not keep up: too much waits to be written');
    }
    const entry = { item, key, bytes: size, waiters: new Set<Waiter<Result>>() };
    this.#entries.add(entry);
    this.#bytes += size;
    if (key !== undefined) this.#byKey.set(key, entry);
    return entry;
  }

  /** Takes off an entry, if it still waits. */
  leave(entry: WaitingItem<Item, Result>): void {
    if (!this.#entries.delete(entry)) return;
    this.#bytes -= entry.bytes;
    if (entry.key !== undefined) this.#byKey.delete(entry.key);
  }

  /** Takes off those who go together. */
  nextBatch(): readonly WaitingItem<Item, Result>[] {
    const batch: WaitingItem<Item, Result>[] = [];
    let room = this.#limits.bytes?.most ?? Infinity;
    for (const entry of this.#entries) {
      room -= entry.bytes;
      if (batch.length === this.#limits.items || (room < 0 && batch.length > 0)) break;
      batch.push(entry);
    }
    for (const entry of batch) this.leave(entry);
    return batch;
  }
}
