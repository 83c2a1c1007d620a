import { wholeMs } from './storable.js';
import type { InboxFilter, InboxState } from './inbox-event.js';
import { inboxStates } from './inbox-row.js';

const MOST = 1_000;
/** The last millisecond that a `Date` has. */
const END_OF_TIME = 8.64e15;

/** A filter with nothing left open. */
export interface InboxQuery {
  readonly states: readonly InboxState[];
  readonly objectId: string | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly before: number;
  readonly limit: number;
}

/** @throws {RangeError} the limit is not a whole number from 1 to 1000, or the date is none. */
export function inboxQuery({ state, objectId, before, limit }: InboxFilter): InboxQuery {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new RangeError(`The limit must be a whole number from 1 to ${MOST}`);
  }
  return {
    states: state === undefined ? inboxStates : [state],
    objectId,
    before: before === undefined ? END_OF_TIME : storedMs(before),
    limit,
  };
}

/** A date in milliseconds since the Unix epoch, before which nothing was received. */
export function storedMs(at: Date): number {
  return Math.max(0, wholeMs(at.getTime()));
}
