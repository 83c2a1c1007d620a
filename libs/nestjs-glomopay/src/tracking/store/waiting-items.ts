/** Somebody who waits for an answer about an item. */
export interface Waiter<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** An item with everybody who waits for it; the first of them is answered for having brought it. */
export interface WaitingItem<Item, Result> {
  readonly item: Item;
  readonly key: string | undefined;
  readonly waiters: Set<Waiter<Result>>;
}

/** What goes together. */
export interface BatchLimits<Item> {
  /** Items in one batch. */
  readonly items: number;
  /** Bytes in one batch, unless a single item has more. @defaultValue no limit */
  readonly bytes?: { readonly most: number; readonly of: (item: Item) => number };
  /** Items with one key are the same thing and wait as one. @defaultValue each waits for itself */
  readonly keyOf?: (item: Item) => string;
}

/** What waits for the next batch, in the order of arrival. */
export class WaitingItems<Item, Result> {
  readonly #limits: BatchLimits<Item>;
  readonly #entries = new Set<WaitingItem<Item, Result>>();
  readonly #byKey = new Map<string, WaitingItem<Item, Result>>();

  constructor(limits: BatchLimits<Item>) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** Whether an entry still waits. */
  has(entry: WaitingItem<Item, Result>): boolean {
    return this.#entries.has(entry);
  }

  /** The entry of an item, perhaps one that waits already. */
  enter(item: Item): WaitingItem<Item, Result> {
    const key = this.#limits.keyOf?.(item);
    const known = key === undefined ? undefined : this.#byKey.get(key);
    if (known !== undefined) return known;
    const entry = { item, key, waiters: new Set<Waiter<Result>>() };
    this.#entries.add(entry);
    if (key !== undefined) this.#byKey.set(key, entry);
    return entry;
  }

  /** Takes off an entry, if it still waits. */
  leave(entry: WaitingItem<Item, Result>): void {
    if (this.#entries.delete(entry) && entry.key !== undefined) this.#byKey.delete(entry.key);
  }

  /** Takes off those who go together. */
  nextBatch(): readonly WaitingItem<Item, Result>[] {
    const { items, bytes } = this.#limits;
    const batch: WaitingItem<Item, Result>[] = [];
    let room = bytes?.most ?? Infinity;
    for (const entry of this.#entries) {
      room -= bytes?.of(entry.item) ?? 0;
      if (batch.length === items || (room < 0 && batch.length > 0)) break;
      batch.push(entry);
    }
    for (const entry of batch) this.leave(entry);
    return batch;
  }
}
