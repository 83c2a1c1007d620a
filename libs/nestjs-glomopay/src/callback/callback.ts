import type { OrderId, PaymentId, SubscriptionId } from '../values/ids.js';

/**
 * What the buyer's browser brought back, with a signature that holds. It says that the browser came
 * back from the gateway; it is not yet the outcome: fetch the payment, and compare amount and
 * currency with your order.
 */
export interface GlomopayCallback {
  /** The order, or the subscription whose first payment this was. */
  readonly orderId: OrderId | SubscriptionId;
  readonly paymentId: PaymentId;
  /** What the browser says. */
  readonly status: 'success' | 'failed';
  /** The gateway's text about a broken journey. Not signed: never shown or acted on. */
  readonly error?: string;
}
