import { markMethod, methodMark } from '../config/method-marks.js';
import type { EventDelivery } from './event-delivery.js';
import type { GlomopayEventOf, GlomopayEventPattern } from './event-pattern.js';
import { markName, type HandlerOptions } from './handler-name.js';

/** The patterns that a method listens to, kept on the method. */
export const ON_GLOMOPAY_EVENT = Symbol.for('nestjs-glomopay:on-event');

/** The names that were given to a method as a listener. */
export const EVENT_LISTENER_NAMES = Symbol.for('nestjs-glomopay:event-listener-names');

/** Fits on methods that take what the pattern lets through, and a delivery of any store. */
export interface EventListenerDecorator<Pattern extends GlomopayEventPattern> {
  <Listener extends (event: GlomopayEventOf<Pattern>, delivery: EventDelivery<never>) => unknown>(
    prototype: object,
    method: string | symbol,
    descriptor: TypedPropertyDescriptor<Listener>,
  ): void;
}

/**
 * Runs a provider's method for every verified event of this name: `handle(event, delivery)`. May be
 * repeated for several names; `'payment.*'` takes every event of an entity and `'*'` takes all.
 *
 * The method runs at least once per event, and what it does through `delivery.commit` happens exactly
 * once. When it throws it is run again later, without running the other listeners again.
 *
 * How far a listener has come with an event is kept by its name, `Class.method` unless it has one of
 * its own. One that is renamed is another listener: it hears events that are still open once more.
 *
 * @example
 * @OnGlomopayEvent('refund.success', { name: 'refunds' })
 * async refunded(event: GlomopayEvent<'refund.success'>, delivery: EventDelivery): Promise<void> {}
 */
export function OnGlomopayEvent<const Pattern extends GlomopayEventPattern>(
  pattern: Pattern,
  { name }: HandlerOptions = {},
): EventListenerDecorator<Pattern> {
  return (prototype, method, descriptor) => {
    const others = listenersOf(prototype, method).filter((known) => known !== pattern);
    markMethod(ON_GLOMOPAY_EVENT, [pattern, ...others], prototype, method, descriptor);
    if (name !== undefined) markName(EVENT_LISTENER_NAMES, name, prototype, method, descriptor);
  };
}

/** What a method of a class listens to; nothing for a method without the decorator. */
export function listenersOf(
  prototype: object,
  method: string | symbol,
): readonly GlomopayEventPattern[] {
  const patterns = methodMark(ON_GLOMOPAY_EVENT, prototype, method);
  return Array.isArray(patterns) ? patterns : [];
}
