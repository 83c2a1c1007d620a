import { blamesRow } from './sql-state.js';

/**
 * Writes items with one statement. A row that the database refuses takes no other with it: the batch
 * is halved until it is alone.
 */
export async function isolateRefused<Item, Result>(
  items: readonly Item[],
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
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
      ...(await isolateRefused(items.slice(0, half), write)),
      ...(await isolateRefused(items.slice(half), write)),
    ];
  }
}
