import { isAscii, isUtf8 } from 'node:buffer';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { isObject } from '../values/is-object.js';
import { DecodedEvent } from './decoded-event.js';
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
  if (!isObject(wire)) {
    throw malformed('the body is not a JSON object');
  }
  const entityType = readName(wire, 'entity_type', ENTITY_TYPE);
  const eventType = readName(wire, 'event_type', EVENT_TYPE);
  return new DecodedEvent(entityType, eventType, body, wire);
}

/** Bytes to JSON. The parser's own message is dropped: it quotes the body. */
export function readJson(body: Uint8Array): unknown {
  const json = readText(body);
  if (isDeeperThan(MAX_DEPTH, json)) throw malformed('the body is nested deeper than 64 levels');
  try {
    return JSON.parse(json);
  } catch {
    throw malformed('the body is not JSON');
  }
}

/** ASCII, as nearly every event is, need not be decoded: one byte is one character. */
function readText(body: Uint8Array): string {
  if (isAscii(body)) return (Buffer.isBuffer(body) ? body : Buffer.from(body)).toString('latin1');
  if (!isUtf8(body)) throw malformed('the body is not UTF-8');
  return utf8.decode(body);
}

function readName(wire: object, member: string, grammar: RegExp): string {
  const value: unknown = Object.hasOwn(wire, member) ? Reflect.get(wire, member) : undefined;
  if (typeof value === 'string' && grammar.test(value)) return value;
  throw malformed(`event.${member} is missing or not a name`);
}

function malformed(detail: string): GlomopaySignatureError {
  return new GlomopaySignatureError('malformed', detail);
}
