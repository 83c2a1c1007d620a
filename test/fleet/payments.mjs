import { setTimeout as pause } from 'node:timers/promises';
import { request } from '../storm/http-request.mjs';
import { randomOf } from '../storm/random.mjs';

// One payment for so many deliveries.
const DELIVERIES_EACH = 12;
const TRIES = 20;
const POLL_MS = 10;

// Payments that fail, because there is no gateway: each has an outcome, which something follows. They
// are spread over the deliveries, and sent again under the same id until a worker has answered.
export async function makePayments({ workers, deliveries, seed, answered }) {
  const random = randomOf(seed, 'payments');
  const payments = Array.from(
    { length: Math.ceil(deliveries / DELIVERIES_EACH) },
    (_, n) => `p${n}`,
  );
  for (const [n, requestId] of payments.entries()) {
    while (answered() < n * DELIVERIES_EACH) await pause(POLL_MS);
    await post(requestId, workers, random);
  }
  return payments;
}

async function post(requestId, workers, random) {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const { port } = random.pick(workers.all);
    const { status } = await request({ port, path: `/payments/${requestId}`, method: 'POST' });
    if (status === 201) return;
    await pause(random.between(50, 300));
  }
}
