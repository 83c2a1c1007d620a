import { type GlomopayEvent, isGlomopayEvent } from 'nestjs-glomopay';
import { ShopRow } from '../database/shop-row.js';

/** The gateway's ids of what an event is about. */
export interface EventSubject {
  readonly paymentId: string | null;
  readonly orderId: string | null;
}

/** What the shop keeps of a webhook event about a payment, its order or its refund. */
export interface PaymentEvent {
  /** `payment.success` */
  readonly type: string;
  /** The status the gateway's object had then; it may be older than what is known now. */
  readonly status: string | null;
  /** ISO 8601. */
  readonly receivedAt: string;
}

/** Reads what an event is about. An id that is none is left out. */
export function subjectOf(event: GlomopayEvent): EventSubject {
  if (isGlomopayEvent(event, 'payment.*')) {
    return { paymentId: idOrNull(event.data.id), orderId: idOrNull(event.data.payinId) };
  }
  if (isGlomopayEvent(event, 'orders.*')) {
    return { paymentId: null, orderId: idOrNull(event.data.id) };
  }
  return isGlomopayEvent(event, 'refund.*')
    ? { paymentId: idOrNull(event.data.paymentId), orderId: null }
    : { paymentId: null, orderId: null };
}

/** The status of the object in an event, if it looks like one: it is kept and shown. */
export function statusOf(event: GlomopayEvent): string | null {
  const { status } = { status: null, ...event.data };
  return typeof status === 'string' && /^\w{1,64}$/.test(status) ? status : null;
}

/** Reads one row of `payment_events`. @throws {TypeError} the row is not one. */
export function readPaymentEvent(row: unknown): PaymentEvent {
  const fields = new ShopRow('payment_events', row);
  return {
    type: fields.text('type'),
    status: fields.textOrNull('status'),
    receivedAt: fields.text('received_at'),
  };
}

function idOrNull(id: string | null): string | null {
  return id !== null && /^[a-z]+_[\w-]{1,64}$/.test(id) ? id : null;
}
