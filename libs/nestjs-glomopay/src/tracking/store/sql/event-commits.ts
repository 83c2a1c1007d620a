import { GroupCommit } from '../group-commit.js';
import type { ReceivedEvent } from '../inbox-event.js';

const MIB = 1024 * 1024;

/**
 * Gathers events that arrive together. While the database hangs, what is held in memory stays within
 * bounds, beyond which a delivery is refused at once; deliveries of one event are written as one.
 *
 * @param write Tells of each event whether it is new.
 */
export function eventCommits(
  write: (events: readonly ReceivedEvent[]) => Promise<readonly PromiseSettledResult<boolean>[]>,
  flights: number,
): GroupCommit<ReceivedEvent, boolean> {
  return new GroupCommit(write, {
    flights,
    items: 500,
    bytes: { most: 4 * MIB, of: ({ body }) => body.length },
    unanswered: { items: 10_000, bytes: 64 * MIB },
    keyOf: ({ account, id }) => `${account}\0${id}`,
    again: false,
  });
}
