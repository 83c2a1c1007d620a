import { signCallback } from './callback-signature.js';
import type { CallbackParameters } from './callback-signature.js';

/** The merchant's callback URL with the signed answer appended. */
export function signedReturn(
  callbackUrl: string,
  callback: CallbackParameters,
  secretKey: string,
): string {
  return appended(callbackUrl, {
    order_id: callback.orderId,
    payment_id: callback.paymentId,
    status: callback.status,
    signature: signCallback(callback, secretKey),
  });
}

/** An unsigned return: something broke before there was an answer. The text is INFERRED. */
export function brokenReturn(callbackUrl: string): string {
  return appended(callbackUrl, { error: 'Something went wrong during authentication' });
}

/** An existing query stays as it is, in front (INFERRED: not documented). */
function appended(callbackUrl: string, parameters: Record<string, string>): string {
  const url = new URL(callbackUrl);
  const added = new URLSearchParams(parameters).toString();
  url.search = url.search ? `${url.search}&${added}` : added;
  return url.href;
}
