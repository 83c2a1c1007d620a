import type { GlomopayEntityType, GlomopayEventName } from './event-catalogue.js';
import type { GlomopayEvent } from './glomopay-event.js';

/** What to listen to: one event, every event of an entity (new ones too), or everything. */
export type GlomopayEventPattern = GlomopayEventName | `${GlomopayEntityType}.*` | '*';

/**
 * The event that a pattern lets through. By `'payment.*'` and `'*'` come events too that this version
 * does not know, so their names stay open; `isGlomopayEvent` narrows them.
 */
export type GlomopayEventOf<Pattern extends GlomopayEventPattern> = Pattern extends '*'
  ? GlomopayEvent
  : Pattern extends `${infer Entity}.*`
    ? GlomopayEvent<`${Entity}.${string}`>
    : GlomopayEvent<Pattern>;

/** Tells whether a pattern lets an event of this type through. */
export function eventPatternMatches(pattern: GlomopayEventPattern, type: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

/**
 * Narrows an event to what a pattern lets through.
 *
 * @example
 * if (isGlomopayEvent(event, 'refund.utr.updated')) await this.refunds.book(event.data.utr);
 */
export function isGlomopayEvent<Pattern extends GlomopayEventPattern>(
  event: GlomopayEvent,
  pattern: Pattern,
): event is GlomopayEventOf<Pattern> {
  return eventPatternMatches(pattern, event.type);
}
