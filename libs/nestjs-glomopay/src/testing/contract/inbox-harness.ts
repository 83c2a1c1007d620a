import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type {
  ClaimedEvent,
  EventKey,
  HandlerProgress,
  InboxConclusion,
  ReceivedEvent,
} from '../../tracking/store/inbox-event.js';
import type { InboxStore } from '../../tracking/store/inbox-store.js';

/** Long enough that no lease ends during a test. */
export const HOUR_MS = 3_600_000;

/** An event of this body, under the key that goes with it. */
export function anEvent(body: string | Buffer = '{"n":1}', account = 'default'): ReceivedEvent {
  const bytes = Buffer.from(body);
  return { account, id: createHash('sha256').update(bytes).digest('hex'), body: bytes };
}

/** Handled, with nothing to say about a handler, unless spoiled. */
export function aConclusion(over: Partial<InboxConclusion> = {}): InboxConclusion {
  return {
    type: 'payment.success',
    objectId: 'payt_1',
    state: 'handled',
    reason: null,
    nextTryMs: HOUR_MS,
    handlers: [],
    ...over,
  };
}

/** A handler that is done unless spoiled. */
export function aProgress(over: Partial<HandlerProgress> = {}): HandlerProgress {
  return { handler: 'Shop.ship', state: 'done', tries: 0, error: null, ...over };
}

/** Claims an event that must be there to claim. */
export async function claimed(
  inbox: InboxStore,
  key: EventKey,
  leaseMs = HOUR_MS,
): Promise<ClaimedEvent> {
  const claim = await inbox.claim(key, leaseMs);
  assert.ok(claim, 'there was nothing to claim');
  return claim;
}

/** Writes an event and brings it where the conclusion says. */
export async function concluded(
  inbox: InboxStore,
  event: ReceivedEvent,
  over: Partial<InboxConclusion> = {},
): Promise<void> {
  await inbox.insert(event);
  assert.equal(await inbox.conclude(await claimed(inbox, event), aConclusion(over)), true);
}

/** What a store throws when the lease is lost; by name, since a store may have a copy of the class. */
export const LEASE_LOST = { name: 'LeaseLostError' };
