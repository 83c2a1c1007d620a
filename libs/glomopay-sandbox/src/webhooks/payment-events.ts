import type { Order } from '../orders/order.js';
import type { Payment } from '../payments/payment.js';
import type { WebhookEvent } from './webhook-event.js';

/** A payment's outcome. Money is available at once here, so there is no `funds_available` after it. */
export function paymentDecided(before: Payment, after: Payment): WebhookEvent {
  const earlier = { entityType: 'payment', eventType: before.status, data: before };
  return { entityType: 'payment', eventType: after.status, data: after, earlier };
}

/** An order's new status. The entity is plural. */
export function orderChanged(order: Order): WebhookEvent {
  return { entityType: 'orders', eventType: order.status, data: order };
}
