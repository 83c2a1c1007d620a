import type { Patience } from '../patience.js';

/** How a database writes new rows, those that arrive at the same time together. */
export interface Inserts<Item, Result> {
  /** @param patience Gives up an item that is still waiting. */
  add(item: Item, patience?: Patience): Promise<Result>;
  /** Waits for those that are under way. */
  idle(): Promise<void>;
}
