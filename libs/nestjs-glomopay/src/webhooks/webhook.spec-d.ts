import type { GlomopayEventName } from './event-catalogue.js';
import type { EventDelivery } from './event-delivery.js';
import {
  type GlomopayEventOf,
  type GlomopayEventPattern,
  isGlomopayEvent,
} from './event-pattern.js';
import type { GlomopayEvent } from './glomopay-event.js';
import { OnGlomopayEvent } from './on-glomopay-event.decorator.js';
import type { WebhookVerifier } from './webhook-verifier.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

interface Transaction {
  query(sql: string): Promise<void>;
}

export class Listeners {
  @OnGlomopayEvent('payment.success')
  paid(event: GlomopayEvent<'payment.success'>): boolean | null {
    event.entityType satisfies 'payment';
    event.eventType satisfies 'success';
    return event.data.fundsAvailable;
  }

  @OnGlomopayEvent('refund.success')
  @OnGlomopayEvent('refund.utr.updated')
  async refunded(
    event: GlomopayEventOf<'refund.success' | 'refund.utr.updated'>,
    delivery: EventDelivery<Transaction>,
  ): Promise<void> {
    event.eventType satisfies 'success' | 'utr.updated';
    await delivery.commit((tx) => tx.query(event.data.utr ?? ''));
  }

  @OnGlomopayEvent('payment.*')
  anyPayment(event: GlomopayEvent<`payment.${string}`>, delivery: EventDelivery): string | null {
    return delivery.handler + event.data.payinId;
  }

  @OnGlomopayEvent('orders.*')
  @OnGlomopayEvent('virtual_account.active')
  @OnGlomopayEvent('*')
  everything(event: GlomopayEvent): string {
    return event.type;
  }

  @OnGlomopayEvent('webhook_test.test')
  test(): void {}

  @OnGlomopayEvent('orders.paid')
  onlyWhatItNeeds(event: { readonly data: { readonly referenceNumber: string | null } }): unknown {
    return event;
  }

  // @ts-expect-error a listener for refunds is given a payment
  @OnGlomopayEvent('payment.success')
  mistaken(event: GlomopayEvent<'refund.success'>): void {
    void event;
  }

  // @ts-expect-error by the pattern come events that the listener does not take
  @OnGlomopayEvent('payment.*')
  narrow(event: GlomopayEvent<'payment.success' | 'payment.failed'>): void {
    void event;
  }

  // @ts-expect-error everything is more than payments
  @OnGlomopayEvent('*')
  narrower(event: GlomopayEvent<`payment.${string}`>): void {
    void event;
  }

  // @ts-expect-error a delivery has no `retry`
  @OnGlomopayEvent('payment.success')
  delivery(event: GlomopayEvent<'payment.success'>, delivery: { retry(): void }): void {
    void [event, delivery];
  }

  // @ts-expect-error a listener is given an event and its delivery, nothing more
  @OnGlomopayEvent('payment.success')
  third(event: GlomopayEvent, delivery: EventDelivery, third: string): void {
    void [event, delivery, third];
  }

  // @ts-expect-error a listener is a method
  @OnGlomopayEvent('payment.success')
  property = 1;
}

export const patterns: readonly GlomopayEventPattern[] = [
  'balance.balance.funded_balance.credited',
  'subscription.payment_method.updated',
  'balance.*',
  // @ts-expect-error orders are plural
  'order.paid',
  // @ts-expect-error the gateway does not promise it
  'orders.active',
  // @ts-expect-error a link is paid, it has no success
  'payment_link.success',
  // @ts-expect-error a star stands for the whole event
  'payment.compliance_*',
  // @ts-expect-error there is no such entity
  'invoice.*',
];

export function names(name: GlomopayEventName): string {
  // @ts-expect-error a name is no pattern
  const pattern: GlomopayEventName = 'payment.*';
  return name + pattern;
}

export function verified(verifier: WebhookVerifier, body: Uint8Array, header?: string): void {
  const event = verifier.verify(body, header);
  // @ts-expect-error not every object has an order's members
  void event.data.referenceNumber;
  if (isGlomopayEvent(event, 'orders.paid')) event.data.referenceNumber satisfies string | null;
  if (isGlomopayEvent(event, 'payout.*')) event.data.sourceAmount satisfies number | null;
  if (isGlomopayEvent(event, 'merchant.success')) event.data.status satisfies string | null;
  // @ts-expect-error a verified event is read, not written
  event.type = 'payment.success';
  // @ts-expect-error a parsed body has lost its bytes
  verifier.verify({ entity_type: 'payment' }, header);
}

export function utr(event: GlomopayEventOf<'refund.success'>): string | null {
  // @ts-expect-error a snapshot promises nothing
  const certain: string = event.data.utr;
  // @ts-expect-error a payout's error is not a refund's
  void event.data.errorCode;
  return certain;
}
