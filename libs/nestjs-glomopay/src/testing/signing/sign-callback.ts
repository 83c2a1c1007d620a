import type { IdText } from '../../values/ids.js';
import { spoilCallback, type CallbackSpoiling, type SpoiledQuery } from './callback-spoiling.js';
import { hmacHex, otherKey } from './hmac-hex.js';

/** What the gateway says in a callback. */
export interface CallbackToSign {
  /** Of the order, or of the subscription whose first payment this was. */
  readonly orderId: IdText<'order' | 'subscription'>;
  readonly paymentId: IdText<'payment'>;
  readonly status: 'success' | 'failed';
}

/** What the buyer's browser brings. */
export interface SignedCallback {
  /** Parsed, as `CallbackVerifier.verify` takes it. */
  readonly query: SpoiledQuery;
  /** The same as the end of an address: `?order_id=…&signature=…`. */
  readonly search: string;
}

/**
 * Signs a callback as the gateway does, or one that is spoiled in one named way.
 *
 * @example
 * const { search } = signCallback({ orderId, paymentId, status: 'success' }, secretKey);
 * await request(app.getHttpServer()).get(`/payment/callback${search}`).expect(303);
 */
export function signCallback(
  { orderId, paymentId, status: said }: CallbackToSign,
  secretKey: string,
  spoiled?: CallbackSpoiling,
): SignedCallback {
  const status = spoiled === 'unknown-status' ? 'pending' : said;
  const key = spoiled === 'other-key' ? otherKey(secretKey) : secretKey;
  const genuine = {
    order_id: orderId,
    payment_id: paymentId,
    status,
    signature: hmacHex(`${orderId}|${paymentId}|${status}`, key),
  };
  const query = spoiled === undefined ? genuine : spoilCallback(genuine, spoiled);
  return { query, search: `?${searchOf(query)}` };
}

function searchOf(query: SpoiledQuery): string {
  const parameters = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  return new URLSearchParams(parameters).toString();
}
