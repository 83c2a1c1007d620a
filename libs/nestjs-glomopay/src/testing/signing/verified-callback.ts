import { asVerified, type GlomopayCallback } from '../../callback/callback.js';
import { checkedId } from '../../wire/checked-id.js';
import { isId, type OrderId, type PaymentId, type SubscriptionId } from '../../values/ids.js';
import { refuseProduction } from '../script/refuse-production.js';
import type { CallbackToSign } from './sign-callback.js';

/**
 * A callback as the verifier gives it, for a test of code that takes one. With a route in between,
 * `signCallback` is the better choice: it goes through the guard.
 *
 * @throws {GlomopayConfigurationError} in production.
 * @throws {GlomopayValidationError} an id that the gateway would not send.
 *
 * @example
 * await service.finish(verifiedCallback({ orderId: 'order_1', paymentId: 'payt_1', status: 'success' }));
 */
export function verifiedCallback({ orderId, paymentId, status }: CallbackToSign): GlomopayCallback {
  refuseProduction('verifiedCallback');
  const isSubscription = isId('subscription', orderId);
  return asVerified({
    orderId: checkedId(isSubscription ? 'subscription' : 'order', orderId) as
      OrderId | SubscriptionId,
    paymentId: checkedId('payment', paymentId) as PaymentId,
    status,
  });
}
