import { createHash } from 'node:crypto';

/** What the processes beside a test write into a store. */
export function event(text) {
  const id = createHash('sha256').update(text).digest('hex');
  return { account: 'default', id, body: Buffer.from(text) };
}

export function key(requestId) {
  return { account: 'default', kind: 'payment', requestId };
}

export function intent(requestId) {
  return {
    ...key(requestId),
    reference: requestId,
    subjectId: `order_${requestId}`,
    exclusive: true,
    amount: 1_000,
    currency: 'USD',
  };
}
