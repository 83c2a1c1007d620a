import type { RowReader } from './readable-rows.js';
import { oneOf, text, whole } from './row.js';
import { storable } from './storable.js';

/**
 * What a handler hears: outcomes of payments or of refunds and milestones of payments, each in the
 * transaction that records them; outcomes of payments or of refunds after it; webhook events.
 */
export type HandlerKind =
  'outcome' | 'refund_outcome' | 'milestone' | 'after_outcome' | 'after_refund_outcome' | 'event';

/** A handler that a process of the application has. */
export interface HandlerNote {
  /** Name of the merchant account that it is for; empty: every account. */
  readonly account: string;
  /** What it hears. */
  readonly kind: HandlerKind;
  /** `Class.method`, or the name it was given. */
  readonly handler: string;
}

/** A handler that some process has noted. */
export interface NotedHandler extends HandlerNote {
  /** How long ago it was noted last, by the database's clock. Milliseconds. */
  readonly seenMsAgo: number;
}

const kinds: readonly HandlerKind[] = [
  'outcome',
  'refund_outcome',
  'milestone',
  'after_outcome',
  'after_refund_outcome',
  'event',
];

/** Reads lists of noted handlers. */
export const notedHandlers: RowReader<NotedHandler> = {
  what: 'handler',
  key: ['account', 'kind', 'handler'],
  read: (row) => ({
    account: text(row, 'account'),
    kind: oneOf(kinds, row, 'kind'),
    handler: text(row, 'handler'),
    seenMsAgo: Math.max(0, whole(row, 'seen_ms_ago')),
  }),
};

/** Each note once, by an id that is its account, kind and name, in texts that every database keeps. */
export function notesOf(notes: readonly HandlerNote[]): ReadonlyMap<string, HandlerNote> {
  return new Map(
    notes
      .map(({ account, kind, handler }) => [storable(account), kind, storable(handler)] as const)
      .map(([account, kind, handler]) => [
        [account, kind, handler].join('\0'),
        { account, kind, handler },
      ]),
  );
}

/** Notes as a list of JSON, in one order: two processes that write them do not wait in a circle. */
export function notesJson(notes: readonly HandlerNote[]): string {
  const sorted = [...notesOf(notes)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(sorted.map(([, note]) => note));
}
