import { createHmac, randomBytes } from 'node:crypto';

/** The key that signs; invented. */
export const secretKey = 'sk_bench_3f0c5a7e9b1d2468ace013579bdf2468';

/** Callbacks with signatures that hold, each with ids of its own: parsed and as an address. */
export function signedCallbacks(count) {
  return Array.from({ length: count }, () => {
    const orderId = `order_${token()}`;
    const paymentId = `payt_${token()}`;
    const signature = createHmac('sha256', secretKey)
      .update(`${orderId}|${paymentId}|success`)
      .digest('hex');
    const query = { order_id: orderId, payment_id: paymentId, status: 'success', signature };
    return { query, url: `/payment/callback?${new URLSearchParams(query).toString()}` };
  });
}

function token() {
  return randomBytes(9).toString('base64url');
}
