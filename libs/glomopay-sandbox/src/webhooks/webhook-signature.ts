import { createHmac } from 'node:crypto';

/** The header that carries a webhook's signature. */
export const SIGNATURE_HEADER = 'X-Glomopay-Signature';

/** Signs a webhook: HMAC-SHA256 over the bytes of the body, in lowercase hex, without a prefix. */
export function signWebhook(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body, 'utf8').digest('hex');
}
