/**
 * Writes items with one statement. A row that the database refuses takes no other with it: the batch
 * is halved until it is alone.
 *
 * @param blamesRow Tells whether a failure is about what a row holds.
 */
export async function isolateRefused<Item, Result>(
  items: readonly Item[],
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  blamesRow: (thrown: unknown) => boolean,
): Promise<PromiseSettledResult<Result>[]> {
  try {
    const results = await write(items);
    return results.map((value) => ({ status: 'fulfilled', value }));
  } catch (thrown) {
    if (items.length === 1 || !blamesRow(thrown)) {
      return items.map(() => ({ status: 'rejected', reason: thrown }));
    }
    const half = Math.ceil(items.length / 2);
    return [
      ...(await isolateRefused(items.slice(0, half), write, blamesRow)),
      ...(await isolateRefused(items.slice(half), write, blamesRow)),
    ];
  }
}
