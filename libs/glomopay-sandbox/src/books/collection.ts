/** What a collection holds: anything with an id and a moment of creation. */
export interface Stored {
  readonly id: string;
  readonly created_at: string;
}

/** Objects of one kind, in order of creation, in memory. */
export class Collection<T extends Stored> {
  readonly #items = new Map<string, T>();

  /** Adds an object, or puts a changed one in the place of the old. */
  put(item: T): T {
    this.#items.set(item.id, item);
    return item;
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  get size(): number {
    return this.#items.size;
  }

  newestFirst(): T[] {
    return [...this.#items.values()].toReversed();
  }
}
