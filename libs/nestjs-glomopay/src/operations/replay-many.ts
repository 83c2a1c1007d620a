import type { WebhookInbox } from '../tracking/inbox/webhook-inbox.js';

/** What became of replaying many at once. */
export interface ReplayedMany {
  readonly replayed: number;
  /** Parked events that were looked at; those of another type are among them. */
  readonly looked: number;
  /** For `before` of the next batch; null: all were looked at. */
  readonly next: Date | null;
}

/** Which parked events are meant; every member narrows. */
export interface ReplayFilter {
  readonly type?: string | undefined;
  readonly objectId?: string | undefined;
  /** Only events received before this, as the last batch has said. */
  readonly before?: Date | undefined;
  /** At most so many are looked at. */
  readonly limit: number;
}

/**
 * Has a batch of parked events handled again, newest first, one after the other: a batch is bounded, and
 * what fails once more is parked once more, so whoever goes on says where.
 */
export async function replayMany(
  inbox: WebhookInbox,
  { type, objectId, before, limit }: ReplayFilter,
): Promise<ReplayedMany> {
  const found = await inbox.list({ state: 'failed', objectId, before, limit });
  let replayed = 0;
  for (const event of found) {
    if (type !== undefined && event.type !== type) continue;
    if (await inbox.replay(event.id)) replayed += 1;
  }
  const last = found.at(-1);
  const isAll = found.length < limit || last === undefined;
  return {
    replayed,
    looked: found.length,
    next: isAll ? null : placeAfter(last.receivedAt, before),
  };
}

/**
 * Others of the last moment may be left, so the next batch begins with it; unless this one did already,
 * because then what fails at once again would go round for ever.
 */
function placeAfter(last: Date, before: Date | undefined): Date {
  const after = new Date(last.getTime() + 1);
  return before === undefined || after < before ? after : last;
}
