import type { EventDataOf } from './event-data.js';

/**
 * What the gateway tells, with a signature that holds. It is a snapshot of one moment: events repeat,
 * come out of order and may be older than what you know. Before money moves, fetch the object.
 *
 * Its members are read when they are asked for, so pass the event on as it is; `toJSON` of it gives
 * plain data, and a spread does not.
 */
export interface GlomopayEvent<Name extends string = string> {
  /** SHA-256 (hex) of the body: the same for every byte-identical delivery. */
  readonly id: string;
  /** Entity and event in one: `'payment.success'`. May be one that this version does not know. */
  readonly type: Name;
  readonly entityType: EntityTypeOf<Name>;
  readonly eventType: EventTypeOf<Name>;
  /** The object as it was when the event fired. Whatever is missing or odd in it is null. */
  readonly data: EventDataOf<EntityTypeOf<Name>>;
  /** The whole message as the gateway sent it, unknown members included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The entity in the name of an event: what stands before the first dot. */
export type EntityTypeOf<Name extends string> = Name extends `${infer Entity}.${string}`
  ? Entity
  : string;

/** The event in the name of an event: what stands behind the first dot. */
export type EventTypeOf<Name extends string> = Name extends `${string}.${infer Event}`
  ? Event
  : string;
