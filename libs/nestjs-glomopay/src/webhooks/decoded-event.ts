import { hash } from 'node:crypto';
import secureJson from 'secure-json-parse';
import { isObject } from '../values/is-object.js';
import { WireObject } from '../wire/wire-object.js';
import { decodeEventData } from './event-data.js';
import type { GlomopayEvent } from './glomopay-event.js';

const SAFELY = { protoAction: 'remove', constructorAction: 'remove' } as const;

/**
 * An event over the message it was read from. What it costs to hash, to freeze and to decode is paid
 * when it is first asked for: a route that only stores events asks for none of it. Printed by
 * `inspect` it shows its name and not the payload.
 */
export class DecodedEvent implements GlomopayEvent {
  readonly type: string;
  readonly #body: Uint8Array;
  readonly #wire: object;
  readonly #fault: string | undefined;
  #id: string | undefined;
  #data: GlomopayEvent['data'] | undefined;
  #raw: GlomopayEvent['raw'] | undefined;

  constructor(
    readonly entityType: string,
    readonly eventType: string,
    body: Uint8Array,
    wire: object,
    fault?: string,
  ) {
    this.type = `${entityType}.${eventType}`;
    this.#body = body;
    this.#wire = wire;
    this.#fault = fault;
    Object.freeze(this);
  }

  /** The bytes that an event was read from; undefined: it was not read here. */
  static bodyOf(event: GlomopayEvent): Uint8Array | undefined {
    return #body in event ? event.#body : undefined;
  }

  /** What kept an event from being read as one, in words of ours; undefined: nothing. */
  static faultOf(event: GlomopayEvent): string | undefined {
    return #fault in event ? event.#fault : undefined;
  }

  get id(): string {
    return (this.#id ??= hash('sha256', this.#body, 'hex'));
  }

  get data(): GlomopayEvent['data'] {
    return (this.#data ??= Object.freeze(decodeEventData(this.entityType, dataOf(this.raw))));
  }

  get raw(): GlomopayEvent['raw'] {
    return (this.#raw ??= new WireObject('event', deepFrozen(harmless(this.#wire))).raw);
  }

  /** The whole event as data, for a queue or a test; it holds the payload. */
  toJSON(): GlomopayEvent {
    const { id, type, entityType, eventType, data, raw } = this;
    return { id, type, entityType, eventType, data, raw };
  }
}

/** The object that the event is about; an empty one where the gateway sent none. */
function dataOf(raw: GlomopayEvent['raw']): WireObject {
  const data = Object.hasOwn(raw, 'data') ? raw['data'] : undefined;
  return new WireObject('data', isObject(data) ? data : {});
}

/** Without the members that poison a prototype; the object is not looked at before. */
function harmless(wire: object): object {
  secureJson.scan({ wire }, SAFELY);
  return wire;
}

/** Several handlers share one event, so none can change it. The depth was measured before. */
function deepFrozen<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) deepFrozen(member);
  }
  return Object.freeze(value);
}
