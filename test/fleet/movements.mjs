import { setTimeout as pause } from 'node:timers/promises';
import { jsonOf, request } from '../storm/http-request.mjs';
import { randomOf } from '../storm/random.mjs';

// One movement for so many deliveries.
const DELIVERIES_EACH = 12;
const TRIES = 20;
const POLL_MS = 10;
const CLOSING_MS = 60_000;

const kinds = ['payments', 'refunds', 'collections'];

// Payments and refunds that fail, because there is no gateway, and orders that are expected and never
// paid, until two people close each of them at once. They are spread over the deliveries, and sent again
// under the same id until a worker has answered. Gives what became of each closing.
export async function makeMovements({ workers, books, deliveries, seed, answered }) {
  const count = Math.ceil(deliveries / DELIVERIES_EACH);
  const random = randomOf(seed, 'movements');
  const closings = [];
  for (let n = 0; n < count; n += 1) {
    const kind = kinds[n % kinds.length];
    const requestId = `${kind[0]}${n}`;
    while (answered() < n * DELIVERIES_EACH) await pause(POLL_MS);
    await post(`/${kind}/${requestId}`, workers, random);
    if (kind === 'collections') closings.push(close(requestId, { workers, books, seed }));
  }
  return { count, closings: await Promise.all(closings) };
}

async function post(path, workers, random) {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const { port } = random.pick(workers.all);
    const { status } = await request({ port, path, method: 'POST' });
    if (status === 201) return;
    await pause(random.between(50, 300));
  }
}

// Two people who close one record at the same time, each in another way and at any worker, again and
// again until one of them has, or both hear that it is closed: the answer of who has can get lost.
async function close(requestId, { workers, books, seed }) {
  const random = randomOf(seed, 'closing', requestId);
  const people = [
    { by: `${requestId} one`, as: 'succeeded' },
    { by: `${requestId} two`, as: 'failed' },
  ];
  const winners = [];
  for (
    const end = Date.now() + CLOSING_MS;
    Date.now() < end;
    await pause(random.between(50, 400))
  ) {
    // The database may be busy; the next round does it.
    await books.age(requestId).catch(() => undefined);
    const answers = await Promise.all(
      people.map((person) => ask(requestId, person, random.pick(workers.all))),
    );
    winners.push(...people.filter((_, index) => answers[index]?.isClosed));
    if (winners.length > 0 || answers.every((answer) => answer?.fault === 'resolved')) break;
  }
  return { requestId, people, winners };
}

async function ask(requestId, person, { port }) {
  const answer = await request({
    port,
    path: `/collections/${requestId}/closing`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(person),
  });
  return answer.status === 201 ? jsonOf(answer) : undefined;
}
