import { DecodedEvent } from './decoded-event.js';
import type { GlomopayEvent } from './glomopay-event.js';

/**
 * The bytes of a verified event, as they arrived.
 *
 * @throws {TypeError} the event was not made by a `WebhookVerifier` of this process: a copy of one is
 *   not verified.
 */
export function rawBodyOf(event: GlomopayEvent): Buffer {
  const body = DecodedEvent.bodyOf(event);
  if (body === undefined) {
    throw new TypeError('Only an event as WebhookVerifier gave it has a body.');
  }
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
