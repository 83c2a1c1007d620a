import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from '../storm/random.mjs';

const POLL_MS = 10;
const OUTAGE_MS = 2_000;

// Kills workers while events come in, each at the moment when a random number of deliveries has been
// answered and at most a second later, and starts them again.
export async function killWorkers({ workers, kills, deliveries, seed, answered }) {
  const random = randomOf(seed, 'kills');
  const moments = Array.from({ length: kills }, () => random.between(1, deliveries)).toSorted(
    (one, other) => one - other,
  );
  for (const moment of moments) {
    await reached(answered, moment);
    const victim = random.pick(workers.all);
    await pause(random.between(0, 1_000));
    await victim.kill();
    await pause(random.chance(0.5) ? random.between(0, 1_500) : 0);
    victim.spawn();
    if (!(await victim.ready())) return;
  }
}

// Flushes Redis after a third of the deliveries, and after two thirds lets it die and come back empty.
export async function disturbRedis({ redis, deliveries, answered }) {
  if (redis === undefined) return;
  await reached(answered, deliveries / 3);
  await redis.flush();
  await reached(answered, (deliveries * 2) / 3);
  await redis.outage(OUTAGE_MS);
}

async function reached(answered, count) {
  while (answered() < count) await pause(POLL_MS);
}
