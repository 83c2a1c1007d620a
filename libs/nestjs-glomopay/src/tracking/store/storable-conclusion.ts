import { storable, wholeMs } from './storable.js';
import type { HandlerProgress, InboxConclusion } from './inbox-event.js';

/** An id of the gateway is far shorter; an index has no room for a text without an end. */
const LONGEST_ID = 255;

/** A conclusion as it is written. */
export interface StorableConclusion extends Omit<InboxConclusion, 'nextTryMs'> {
  /** Null: the event is not worked on again. */
  readonly nextTryMs: number | null;
}

/**
 * A conclusion in texts that every database can keep, and one row for each handler. Whatever an
 * event says, its conclusion can be written: otherwise it would be worked on for ever.
 */
export function storableConclusion(conclusion: InboxConclusion): StorableConclusion {
  const { type, objectId, state, reason, nextTryMs, handlers } = conclusion;
  return {
    type: storable(type),
    objectId: objectId === null || objectId.length > LONGEST_ID ? null : storable(objectId),
    state,
    reason: storable(reason),
    nextTryMs: state === 'open' ? wholeMs(nextTryMs) : null,
    handlers: [...new Map(handlers.map(storableProgress)).values()],
  };
}

function storableProgress(progress: HandlerProgress): [string, HandlerProgress] {
  const handler = storable(progress.handler);
  return [handler, { ...progress, handler, error: storable(progress.error) }];
}
