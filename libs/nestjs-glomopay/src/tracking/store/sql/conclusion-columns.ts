import type { ClaimedEvent } from '../inbox-event.js';
import type { StorableConclusion } from '../storable-conclusion.js';

/** Names an event, and the claim that somebody works under. */
export type EventClaim = Pick<ClaimedEvent, 'account' | 'id' | 'token'>;

/** What a conclusion writes into the row of its event. */
export type ConclusionColumns = ReturnType<typeof conclusionColumns>;

/** The claim, and the columns of the event. */
export function conclusionColumns(
  { account, id, token }: EventClaim,
  { type, objectId, state, reason, nextTryMs }: StorableConclusion,
) {
  return { account, id, token, type, object_id: objectId, state, reason, next_try_ms: nextTryMs };
}
