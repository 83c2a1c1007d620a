import type { WebhookInbox } from '../tracking/inbox/webhook-inbox.js';
import type { InboxEvent, InboxFilter } from '../tracking/store/inbox-event.js';

/** Events, newest first, and where the next page begins. */
export interface EventPage {
  readonly events: readonly InboxEvent[];
  /** For `before` of the next page; null: there are no more. */
  readonly next: Date | null;
}

/**
 * A page that ends between two moments: events of one millisecond stay together, since a page begins
 * with a moment. Where more of them than a page has are of one, the others are left out.
 */
export async function pageOfEvents(
  inbox: WebhookInbox,
  { limit, ...filter }: InboxFilter,
): Promise<EventPage> {
  const found = await inbox.list({ ...filter, limit: limit + 1 });
  const first = found[limit];
  if (first === undefined) return { events: found, next: null };
  const moment = first.receivedAt.getTime();
  const whole = found.slice(0, limit).filter(({ receivedAt }) => receivedAt.getTime() !== moment);
  return whole.length === 0
    ? { events: found.slice(0, limit), next: first.receivedAt }
    : { events: whole, next: new Date(moment + 1) };
}
