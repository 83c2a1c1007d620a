import { setTimeout as pause } from 'node:timers/promises';
import { request } from '../storm/http-request.mjs';
import { randomOf } from '../storm/random.mjs';

const LANES = 16;
// A request that takes longer is a failure; a fleet that accepts nothing for longer is given up.
const ANSWER_MS = 15_000;
const PATIENCE_MS = 60_000;

// The gateway: posts each delivery to any worker until it is answered, a genuine one until it is
// answered 200. Gives each delivery with its last answer.
export async function send({ deliveries, workers, seed, perSecond, onAnswer }) {
  const random = randomOf(seed, 'sender');
  const results = [];
  const start = performance.now();
  let next = 0;
  let lastSuccess = start;
  const isHopeless = () => performance.now() - lastSuccess > PATIENCE_MS;
  const lane = async () => {
    while (next < deliveries.length) {
      const due = start + (next * 1000) / perSecond;
      const delivery = deliveries[next];
      next += 1;
      await pause(Math.max(0, due - performance.now()));
      const result = await deliver(delivery, workers, random, isHopeless);
      if (!isHopeless()) lastSuccess = performance.now();
      results.push(result);
      onAnswer(results.length);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

async function deliver(delivery, workers, random, isHopeless) {
  for (let tries = 1; ; tries += 1) {
    const { status } = await post(delivery, random.pick(workers.all));
    const isOver = delivery.isGenuine ? status === 200 : status !== undefined && status < 500;
    if (isOver || isHopeless()) return { ...delivery, status, tries };
    await pause(random.between(50, 300));
  }
}

function post({ body, signature }, { port }) {
  return request({
    port,
    path: '/webhooks/glomopay',
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-glomopay-signature': signature },
    body,
    timeoutMs: ANSWER_MS,
  });
}
