import { GroupCommit } from '../group-commit.js';
import type { NewIntent } from './new-intent.js';

/** Gathers intents that arrive together, so that they share one wait for the disk. */
export function intentCommits<Result>(
  write: (items: readonly NewIntent[]) => Promise<readonly PromiseSettledResult<Result>[]>,
  flights: number,
): GroupCommit<NewIntent, Result> {
  return new GroupCommit(write, { flights, items: 500 });
}
