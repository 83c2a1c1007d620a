/** One statement must not meet a key twice: whoever came first writes it. */
export function firstOfEach<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Map<string, Item> {
  const firsts = new Map<string, Item>();
  for (const item of items) {
    const key = keyOf(item);
    if (!firsts.has(key)) firsts.set(key, item);
  }
  return firsts;
}

/** In one order, so that two batches with the same keys cannot wait for each other. */
export function inKeyOrder<Item>(firsts: ReadonlyMap<string, Item>): Item[] {
  return [...firsts].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}
