import { date, oneOf, optional, text, whole, type Row } from '../row.js';
import type { HandlerProgress, InboxEvent, InboxState } from './inbox-event.js';
import type { InboxCounts } from './inbox-store.js';

/** Every state of an event. */
export const inboxStates: readonly InboxState[] = ['open', 'handled', 'failed'];
const progressStates: readonly HandlerProgress['state'][] = ['open', 'done', 'failed'];

/** How far handlers have come, by event. */
export type ProgressByEvent = ReadonlyMap<string, readonly HandlerProgress[]>;

/** Reads the rows of events. */
export function inboxEventsOf(rows: readonly Row[], progress: ProgressByEvent): InboxEvent[] {
  return rows.map((row) => {
    const id = text(row, 'id');
    return {
      account: text(row, 'account'),
      id,
      type: optional(text, row, 'type'),
      objectId: optional(text, row, 'object_id'),
      state: oneOf(inboxStates, row, 'state'),
      reason: optional(text, row, 'reason'),
      receivedAt: date(row, 'received_at'),
      nextTryAt: optional(date, row, 'next_try_at'),
      handlers: progress.get(id) ?? [],
    };
  });
}

/** Reads the rows of handlers, each of which names its event. */
export function progressOf(rows: readonly Row[]): ProgressByEvent {
  const progress = new Map<string, HandlerProgress[]>();
  for (const row of rows) {
    const id = text(row, 'event_id');
    const handlers = progress.get(id) ?? [];
    progress.set(id, handlers);
    handlers.push({
      handler: text(row, 'handler'),
      state: oneOf(progressStates, row, 'state'),
      tries: whole(row, 'tries'),
      error: optional(text, row, 'error'),
    });
  }
  return progress;
}

/** Reads what the database has counted. */
export function inboxCountsOf(row: Row | undefined): InboxCounts {
  if (row === undefined) throw new Error('The database counted nothing');
  return {
    open: whole(row, 'open'),
    failed: whole(row, 'failed'),
    oldestOpenAt: optional(date, row, 'oldest_open_at'),
  };
}
