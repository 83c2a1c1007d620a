import { SetMetadata } from '@nestjs/common';
import type { EventDelivery } from './event-delivery.js';
import type { GlomopayEventOf, GlomopayEventPattern } from './event-pattern.js';

/** The patterns that a method listens to, kept on the method. */
export const ON_GLOMOPAY_EVENT = Symbol.for('nestjs-glomopay:on-event');

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
 * @example
 * @OnGlomopayEvent('refund.success')
 * async refunded(event: GlomopayEvent<'refund.success'>, delivery: EventDelivery): Promise<void> {}
 */
export function OnGlomopayEvent<const Pattern extends GlomopayEventPattern>(
  pattern: Pattern,
): EventListenerDecorator<Pattern> {
  return (prototype, method, descriptor) => {
    if (descriptor.value === undefined) return;
    const others = patternsOf(descriptor.value).filter((known) => known !== pattern);
    SetMetadata(ON_GLOMOPAY_EVENT, [pattern, ...others])(prototype, method, descriptor);
  };
}

/** What a method of a class listens to; nothing for a method without the decorator. */
export function listenersOf(prototype: object, method: string): readonly GlomopayEventPattern[] {
  const value: unknown = Reflect.get(prototype, method);
  return typeof value === 'function' ? patternsOf(value) : [];
}

function patternsOf(method: object): readonly GlomopayEventPattern[] {
  const patterns: readonly GlomopayEventPattern[] | undefined = Reflect.getOwnMetadata(
    ON_GLOMOPAY_EVENT,
    method,
  );
  return patterns ?? [];
}
