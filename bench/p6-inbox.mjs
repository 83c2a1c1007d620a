import 'reflect-metadata';
import { databaseOf } from './databases.mjs';
import { interleave, quartiles, ratio } from './measure.mjs';
import { inboxApp } from './p6-host.mjs';
import { costsText, report } from './report.mjs';
import { sign, webhookBodies } from './signed-webhooks.mjs';
import { startWorker } from './worker.mjs';

const [word = 'postgres'] = process.argv.slice(2);
const database = await databaseOf(word);

const ROUNDS = 21;
const BYTES = 1_024;
/** In flight: how many events a round stores, and the goals without and with HTTP. */
const LOADS = [
  { inFlight: 1, events: 160, direct: 0.8, http: 0.9 },
  { inFlight: 16, events: 640, direct: 1.5, http: 1.4 },
  { inFlight: 64, events: 1_280, direct: 2.5, http: 2 },
];

/** New events with their signatures; making them is not measured. */
function deliveries(count) {
  return webhookBodies(count, BYTES).map((body) => ({
    body,
    signature: sign.glomopay(body)['x-glomopay-signature'],
  }));
}

/** Microseconds of wall time for one event. */
async function timed({ inFlight, events }, store) {
  const waiting = deliveries(events);
  const start = process.hrtime.bigint();
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await store(next);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return Number(process.hrtime.bigint() - start) / 1_000 / events;
}

async function withoutHttp() {
  const { pool, end } = await database.ownPlace(16);
  const { app, inbox } = await inboxApp(database.storeOn(pool));
  const insert = await database.eventsByHand(pool);
  const contenders = (load) => ({
    ours: () => timed(load, ({ body, signature }) => inbox.receive(body, signature)),
    plain: () => timed(load, ({ body, signature }) => insert(signature, body)),
  });
  const costs = [];
  for (const load of LOADS)
    costs.push(await interleave(contenders(load), { rounds: ROUNDS, warmUp: 4 }));
  await app.close();
  await end();
  return costs;
}

async function overHttp() {
  const sender = await startWorker('webhook-load.mjs');
  const apps = {
    ours: await startWorker('p6-app.mjs', word, 'inbox'),
    plain: await startWorker('p6-app.mjs', word, 'by-hand'),
  };
  const contender = async (app, { inFlight, events }) => {
    const target = await app.ask('target');
    return async () =>
      (await sender.ask('send', { ...target, count: events, connections: inFlight })) / events;
  };
  const costs = [];
  for (const load of LOADS) {
    const contenders = {
      ours: await contender(apps.ours, load),
      plain: await contender(apps.plain, load),
    };
    costs.push(await interleave(contenders, { rounds: ROUNDS, warmUp: 4 }));
  }
  for (const app of Object.values(apps)) {
    await app.ask('end');
    await app.stop();
  }
  await sender.stop();
  return costs;
}

function finding(costs, goal, what, against) {
  return {
    row: 'P6',
    what,
    against,
    goal: { atLeast: goal },
    unit: 'x',
    measured: ratio(costs.plain, costs.ours),
    costs: costsText(
      { ours: quartiles(costs.ours).median, plain: quartiles(costs.plain).median },
      'us',
    ),
    whenMissed: database.whyInbox,
  };
}

const direct = await withoutHttp();
const http = await overHttp();
report([
  ...LOADS.map(({ inFlight, direct: goal }, at) =>
    finding(
      direct[at],
      goal,
      `\`WebhookInbox.receive\` on ${database.name}, verified and stored durably, 1 kB, ${inFlight} in flight`,
      'one plain `INSERT` per transaction, same pool, nothing verified',
    ),
  ),
  ...LOADS.map(({ inFlight, http: goal }, at) =>
    finding(
      http[at],
      goal,
      `the ready-made route on Fastify before ${database.name}, 1 kB, ${inFlight} in flight`,
      'the same route before one plain `INSERT` per transaction',
    ),
  ),
]);
