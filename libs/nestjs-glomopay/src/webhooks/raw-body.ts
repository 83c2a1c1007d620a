import type { GlomopayEvent } from './glomopay-event.js';

const bodies = new WeakMap<GlomopayEvent, Buffer>();

/** Keeps the bytes that were verified with the event that was read from them. */
export function keepRawBody(event: GlomopayEvent, body: Buffer): void {
  bodies.set(event, body);
}

/**
 * The bytes of a verified event, as they arrived.
 *
 * @throws {TypeError} the event was not made by a `WebhookVerifier` of this process: a copy of one is
 *   not verified.
 */
export function rawBodyOf(event: GlomopayEvent): Buffer {
  const body = bodies.get(event);
  if (body === undefined)
    throw new TypeError('Only an event as WebhookVerifier gave it has a body.');
  return body;
}
