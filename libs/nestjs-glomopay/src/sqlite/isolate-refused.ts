import { isBusy } from './sqlite-database.js';

/**
 * Writes items inside a transaction, so that they share one wait for the disk. A row that the
 * database refuses takes no other with it: SQLite undoes that statement only.
 */
export function isolateRefused<Item, Result>(
  items: readonly Item[],
  write: (item: Item) => Result,
): PromiseSettledResult<Result>[] {
  return items.map((item) => {
    try {
      return { status: 'fulfilled', value: write(item) };
    } catch (reason) {
      if (isBusy(reason)) throw reason;
      return { status: 'rejected', reason };
    }
  });
}
