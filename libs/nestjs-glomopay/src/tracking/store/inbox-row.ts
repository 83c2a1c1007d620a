import type { RowReader } from './readable-rows.js';
import { date, oneOf, optional, text, whole, type Row } from './row.js';
import { listed } from './tracked-row.js';
import { UnreadableRowError } from './unreadable-row.error.js';
import type { HandlerProgress, InboxEvent, InboxState } from './inbox-event.js';
import type { InboxCounts } from './inbox-store.js';

/** Every state of an event. */
export const inboxStates: readonly InboxState[] = ['open', 'handled', 'failed'];
const progressStates: readonly HandlerProgress['state'][] = ['open', 'done', 'failed'];

const eventRows = { what: 'event', key: ['account', 'id'] } as const;

/** Rows of handlers, by event. */
export type ProgressByEvent = ReadonlyMap<string, readonly Row[]>;

/** Sorts rows of handlers by the event that each names. */
export function progressOf(rows: readonly Row[]): ProgressByEvent {
  const progress = new Map<string, Row[]>();
  for (const row of rows) {
    const id = text(row, 'event_id');
    const handlers = progress.get(id) ?? [];
    progress.set(id, handlers);
    handlers.push(row);
  }
  return progress;
}

/** How far the handlers of one event have come. */
export function handlersOf(progress: ProgressByEvent, id: string): HandlerProgress[] {
  return (progress.get(id) ?? []).map((row) => ({
    handler: text(row, 'handler'),
    state: oneOf(progressStates, row, 'state'),
    tries: whole(row, 'tries'),
    error: optional(text, row, 'error'),
  }));
}

/** Reads events. */
export function inboxEvents(progress: ProgressByEvent): RowReader<InboxEvent> {
  return { ...eventRows, read: (row) => inboxEventOf(row, progress) };
}

/** Reads the ids of events that are due. */
export const dueEvents: RowReader<string> = {
  ...eventRows,
  read(row) {
    if (whole(row, 'unreadable') === 1) throw new UnreadableRowError('state of a handler');
    return text(row, 'id');
  },
};

/** Reads the row of an event. */
export function inboxEventOf(row: Row, progress: ProgressByEvent): InboxEvent {
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
    handlers: handlersOf(progress, id),
  };
}

/** SQL: a handler of the event stands where only a newer version knows. Nothing did before a claim. */
export function hasUnreadableProgress(event: string): string {
  return `${event}.token > 0 AND EXISTS (SELECT 1 FROM glomopay_event_handlers u
    WHERE u.account = ${event}.account AND u.event_id = ${event}.id
      AND u.state NOT IN (${listed(progressStates)}))`;
}

/** SQL: the event is in a state that only a newer version knows; in ranges, for the index. */
export function isUnknownState(event: string): string {
  const [first = '', ...rest] = inboxStates.toSorted();
  const last = rest.at(-1) ?? first;
  const between = rest.map(
    (state, index) =>
      `${event}.state > '${[first, ...rest][index]}' AND ${event}.state < '${state}'`,
  );
  return `(${[`${event}.state < '${first}'`, ...between, `${event}.state > '${last}'`].join(' OR ')})`;
}

/** Reads what the database has counted. */
export function inboxCountsOf(row: Row): InboxCounts {
  return {
    open: whole(row, 'open'),
    failed: whole(row, 'failed'),
    oldestOpenAt: optional(date, row, 'oldest_open_at'),
  };
}
