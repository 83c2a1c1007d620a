import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { cutConnections } from '../storm/connection-cutter.mjs';
import { Books } from './books.mjs';
import { deliveriesOf } from './deliveries.mjs';
import { disturbRedis, killWorkers } from './disturbances.mjs';
import { makeMovements } from './movements.mjs';
import { RedisProcess } from './redis-process.mjs';
import { send } from './sender.mjs';
import { workersOf } from './workers.mjs';

const CALM_MS = 60_000;
const LOOK_EVERY_MS = 200;
// Time for what should not happen any more.
const SILENCE_MS = 1_500;

// Runs one scenario and gives everything that is to be compared.
export async function runFleet({ scenario, storage, folder, seed, sabotage }) {
  const start = performance.now();
  const redis = scenario.redis ? await RedisProcess.start() : undefined;
  const secret = `whsec_${randomBytes(16).toString('hex')}`;
  const workers = await workersOf({
    count: scenario.workers,
    folder,
    environment: {
      ...storage.environment,
      ...(redis && { REDIS_URL: redis.url }),
      ...(sabotage && { SABOTAGE: sabotage }),
      WEBHOOK_SECRET: secret,
      SEED: seed,
    },
  });
  const books = new Books(storage);
  const deliveries = deliveriesOf({ events: scenario.events, seed, secret });
  try {
    await books.makeTables();
    await workers.start();
    const storm = await storms({ scenario, storage, books, deliveries, workers, redis, seed });
    const calmMs = await untilCalm(books);
    if (sabotage !== undefined) await books.sabotage(sabotage);
    await workers.stop();
    return {
      wanted: scenario,
      deliveries,
      ...storm,
      calmMs,
      effects: await books.effects(),
      inbox: await books.inbox(),
      outcomes: await books.outcomes(),
      told: await books.told(),
      records: await books.records(),
      lines: await books.lines(),
      followed: await books.followed(),
      followUps: await books.followUps(),
      failures: await books.failures(),
      kills: workers.kills,
      restarts: workers.starts - scenario.workers,
      faults: workers.faults,
      redis: redis && { flushes: redis.flushes, outages: redis.outages },
      durationMs: performance.now() - start,
    };
  } finally {
    await workers.stop();
    await redis?.kill();
  }
}

// Deliveries, kills, cut connections and the disturbances of Redis, until all of them are over.
async function storms({ scenario, storage, books, deliveries, workers, redis, seed }) {
  const start = performance.now();
  let count = 0;
  const answered = () => count;
  const disturbed = { workers, redis, books, seed, answered, deliveries: deliveries.all.length };
  const sending = send({
    deliveries: deliveries.all,
    workers,
    seed,
    perSecond: scenario.perSecond,
    onAnswer: (answers) => (count = answers),
  }).then((results) => ({ results, sendMs: performance.now() - start }));
  const steps = deliveries.all.length;
  const [sent, connectionsCut, , , movements] = await Promise.all([
    sending,
    cutConnections({
      processes: workers,
      storage,
      seed,
      cuts: scenario.cuts,
      steps,
      taken: answered,
    }),
    killWorkers({ ...disturbed, kills: scenario.kills }),
    disturbRedis(disturbed),
    makeMovements(disturbed),
  ]);
  return { ...sent, connectionsCut, movements };
}

// Waits until no event is open, a minute at most. Gives the milliseconds it took.
async function untilCalm(books) {
  const start = performance.now();
  while ((await books.openEvents()) > 0 && performance.now() - start < CALM_MS) {
    await pause(LOOK_EVERY_MS);
  }
  const calmMs = performance.now() - start;
  await pause(SILENCE_MS);
  return calmMs;
}
