import { createHmac } from 'node:crypto';

/** What the browser brings back to the merchant. */
export interface CallbackParameters {
  readonly orderId: string;
  readonly paymentId: string;
  readonly status: 'success' | 'failed';
}

/**
 * Signs a callback: HMAC-SHA256 over `order_id|payment_id|status` in lowercase hex.
 *
 * The key is the whole text of the secret key, dots and all, as UTF-8.
 */
export function signCallback(callback: CallbackParameters, secretKey: string): string {
  const { orderId, paymentId, status } = callback;
  return createHmac('sha256', secretKey).update(`${orderId}|${paymentId}|${status}`).digest('hex');
}
