import { GlomopaySignatureError } from '../errors/signature.error.js';
import { isObject } from '../values/is-object.js';
import { decodeEvent, readJson } from './decode-event.js';
import { DecodedEvent } from './decoded-event.js';
import type { GlomopayEvent } from './glomopay-event.js';

const UNKNOWN = 'unknown';
const LONGEST_NAME = 64;

/**
 * Reads the event of a body whose signature holds, whatever it says: what the gateway has signed is
 * authentic, also where it cannot be read. Such an event is `unknown.unknown`; names that could forge
 * a line of a log have `?` for what does not belong into a name. It equals no event that is known.
 */
export function readEvent(body: Uint8Array): GlomopayEvent {
  try {
    return decodeEvent(body);
  } catch (thrown) {
    if (!(thrown instanceof GlomopaySignatureError)) throw thrown;
    return unreadable(body, thrown.detail);
  }
}

function unreadable(body: Uint8Array, fault: string): GlomopayEvent {
  const wire = objectIn(body);
  const [entityType, eventType] = [nameIn(wire, 'entity_type'), nameIn(wire, 'event_type')];
  return new DecodedEvent(entityType, eventType, body, wire, fault);
}

/** The object of a body; an empty one where there is none. */
function objectIn(body: Uint8Array): object {
  try {
    const wire = readJson(body);
    return isObject(wire) ? wire : {};
  } catch {
    return {};
  }
}

function nameIn(wire: object, member: string): string {
  const value: unknown = Object.hasOwn(wire, member) ? Reflect.get(wire, member) : undefined;
  if (typeof value !== 'string' || value === '') return UNKNOWN;
  return value.slice(0, LONGEST_NAME).replace(/[^\w.-]/g, '?');
}
