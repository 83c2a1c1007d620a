import type { EventDelivery } from '../../webhooks/event-delivery.js';

/** Somebody who is told of one thing, and told again until it is done. */
export interface Listener {
  /** The name given to it, else `Class.method`: progress is kept by it. */
  readonly name: string;
  readonly hear: (delivery: EventDelivery) => unknown;
}
