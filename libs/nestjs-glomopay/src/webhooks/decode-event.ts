import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import secureJson from 'secure-json-parse';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { WireObject } from '../wire/wire-object.js';
import { decodeEventData } from './event-data.js';
import type { GlomopayEvent } from './glomopay-event.js';
import { isDeeperThan } from './json-depth.js';

const MAX_DEPTH = 64;
/** Names become part of `type`: short, and nothing in them could forge a line of a log. */
const ENTITY_TYPE = /^[A-Za-z][\w-]{0,63}$/;
const EVENT_TYPE = /^[A-Za-z][\w.-]{0,63}$/;

const utf8 = new TextDecoder();

/**
 * Reads an event from the bytes of a body whose signature holds. Entities and events that this
 * version does not know are read too.
 *
 * @throws {GlomopaySignatureError} `malformed`: signed, but not an event. The detail quotes nothing.
 */
export function decodeEvent(body: Uint8Array): GlomopayEvent {
  const wire = readJson(body);
  if (!isObject(wire)) throw malformed('the body is not a JSON object');
  const event = new WireObject('event', deepFrozen(wire));
  const entityType = event.read('entity_type', name(ENTITY_TYPE));
  const eventType = event.read('event_type', name(EVENT_TYPE));
  const data = event.read('data', (value) => new WireObject('data', isObject(value) ? value : {}));
  return Object.freeze({
    id: createHash('sha256').update(body).digest('hex'),
    type: `${entityType}.${eventType}`,
    entityType,
    eventType,
    data: Object.freeze(decodeEventData(entityType, data)),
    raw: event.raw,
  });
}

/** Bytes to JSON without members that poison a prototype. The parser's own message is dropped: it quotes the body. */
function readJson(body: Uint8Array): unknown {
  if (!isUtf8(body)) throw malformed('the body is not UTF-8');
  if (isDeeperThan(MAX_DEPTH, body)) throw malformed('the body is nested deeper than 64 levels');
  try {
    return secureJson.parse(utf8.decode(body), undefined, {
      protoAction: 'remove',
      constructorAction: 'remove',
    });
  } catch {
    throw malformed('the body is not JSON');
  }
}

function name(grammar: RegExp): (value: unknown, path: string) => string {
  return (value, path) => {
    if (typeof value === 'string' && grammar.test(value)) return value;
    throw malformed(`${path} is missing or not a name`);
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Several handlers share one event, so none can change it. The depth has been measured. */
function deepFrozen<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) deepFrozen(member);
  }
  return Object.freeze(value);
}

function malformed(detail: string): GlomopaySignatureError {
  return new GlomopaySignatureError('malformed', detail);
}
