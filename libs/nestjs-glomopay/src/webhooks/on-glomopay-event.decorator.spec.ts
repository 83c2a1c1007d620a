import { describe, expect, it } from '@jest/globals';
import type { EventDelivery } from './event-delivery.js';
import { eventPatternMatches, isGlomopayEvent } from './event-pattern.js';
import { decodeEvent } from './decode-event.js';
import type { GlomopayEvent } from './glomopay-event.js';
import { listenersOf, OnGlomopayEvent } from './on-glomopay-event.decorator.js';

class Ledger {
  @OnGlomopayEvent('payment.success')
  paid(event: GlomopayEvent<'payment.success'>): unknown {
    return event;
  }

  @OnGlomopayEvent('refund.success')
  @OnGlomopayEvent('refund.utr.updated')
  @OnGlomopayEvent('orders.*')
  several(event: GlomopayEvent, _delivery: EventDelivery): unknown {
    return event;
  }

  @OnGlomopayEvent('*')
  @OnGlomopayEvent('*')
  everything(): void {}

  plain(): void {}
}

class Overriding extends Ledger {
  override paid(event: GlomopayEvent): unknown {
    return event;
  }
}

describe('OnGlomopayEvent', () => {
  it('says what a method listens to, in the order written', () => {
    expect(listenersOf(Ledger.prototype, 'paid')).toEqual(['payment.success']);
    expect(listenersOf(Ledger.prototype, 'several')).toEqual([
      'refund.success',
      'refund.utr.updated',
      'orders.*',
    ]);
  });

  it('keeps a repeated pattern once', () => {
    expect(listenersOf(Ledger.prototype, 'everything')).toEqual(['*']);
  });

  it('says nothing of other methods, of members that are none, and of none at all', () => {
    expect(listenersOf(Ledger.prototype, 'plain')).toEqual([]);
    expect(listenersOf({ paid: 'payment.success' }, 'paid')).toEqual([]);
    expect(listenersOf(Ledger.prototype, 'absent')).toEqual([]);
  });

  it('is inherited with the method, and not by one that overrides it', () => {
    expect(listenersOf(Overriding.prototype, 'several')).toHaveLength(3);
    expect(listenersOf(Overriding.prototype, 'paid')).toEqual([]);
  });

  it('writes what another copy of the library can read', () => {
    expect(
      Reflect.getOwnMetadata(Symbol.for('nestjs-glomopay:on-event'), Ledger.prototype.paid),
    ).toEqual(['payment.success']);
  });
});

describe('eventPatternMatches', () => {
  it.each([
    ['payment.success', 'payment.success', true],
    ['payment.success', 'payment.failed', false],
    ['payment.success', 'payment.success.more', false],
    ['payment.*', 'payment.success', true],
    ['payment.*', 'payment.something_new', true],
    ['payment.*', 'payment_link.paid', false],
    ['payment.*', 'orders.paid', false],
    ['payment.*', 'payment', false],
    ['orders.*', 'orders.paid', true],
    ['subscription.*', 'subscription.payment_method.updated', true],
    ['balance.*', 'balance.balance.funded_balance.credited', true],
    ['balance.balance.funded_balance.credited', 'balance.balance.funded_balance.credited', true],
    ['refund.utr.updated', 'refund.utr.updated', true],
    ['*', 'webhook_test.test', true],
    ['*', 'something.new', true],
  ] as const)('%s and %s: %s', (pattern, type, expected) => {
    expect(eventPatternMatches(pattern, type)).toBe(expected);
  });

  it('narrows an event', () => {
    const event = decodeEvent(
      Buffer.from('{"data":{"utr":"UTR1"},"entity_type":"refund","event_type":"utr.updated"}'),
    );
    expect(isGlomopayEvent(event, 'payment.success')).toBe(false);
    expect(isGlomopayEvent(event, 'refund.utr.updated') && event.data.utr).toBe('UTR1');
  });
});
