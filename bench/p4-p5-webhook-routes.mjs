import { interleave, quartiles, ratio } from './measure.mjs';
import { costsText, report } from './report.mjs';
import { startWorker } from './worker.mjs';

const ROUNDS = 20;
const REQUESTS = 800;
const CONNECTIONS = 16;

const load = await startWorker('webhook-load.mjs');

/** CPU microseconds of the server's process for one request. */
async function contender(script, ...args) {
  const app = await startWorker(script, ...args);
  const target = await app.ask('target');
  const measure = async () => {
    await app.ask('startCounting');
    await load.ask('send', { ...target, count: REQUESTS, connections: CONNECTIONS });
    return (await app.ask('cpu', REQUESTS)) / REQUESTS;
  };
  return { app, measure };
}

const started = {
  guardExpress: await contender('webhook-app.mjs', 'express', 'guard'),
  guardFastify: await contender('webhook-app.mjs', 'fastify', 'guard'),
  routeExpress: await contender('webhook-app.mjs', 'express', 'route'),
  routeFastify: await contender('webhook-app.mjs', 'fastify', 'route'),
  handledExpress: await contender('webhook-app.mjs', 'express', 'handled'),
  handledFastify: await contender('webhook-app.mjs', 'fastify', 'handled'),
  golevelupExpress: await contender('golevelup/app.mjs', 'express'),
  golevelupFastify: await contender('golevelup/app.mjs', 'fastify'),
};
const contenders = Object.entries(started).map(([name, { measure }]) => [name, measure]);
const costs = await interleave(Object.fromEntries(contenders), { rounds: ROUNDS, warmUp: 8 });
for (const { app } of Object.values(started)) await app.stop();
await load.stop();

function finding(row, ours, theirs, texts) {
  return {
    row,
    unit: 'x',
    measured: ratio(costs[theirs], costs[ours]),
    costs: costsText(
      { [ours]: quartiles(costs[ours]).median, [theirs]: quartiles(costs[theirs]).median },
      'us',
    ),
    ...texts,
  };
}

const byGuard =
  'webhook route by `WebhookSignatureGuard`, `rawBody: true`, 1 kB, its handler reads `data`';
const readyMade =
  'ready-made webhook route, 1 kB: read, verified, hashed, handed to a store that keeps nothing';
const handled =
  'ready-made webhook route, 1 kB, a store in memory and a listener that reads `data`';
const golevelup = '@golevelup/nestjs-stripe with one handler, on';

report([
  finding('P4', 'guardExpress', 'golevelupExpress', {
    what: `${byGuard}, Express`,
    against: `${golevelup} Express`,
    goal: { atLeast: 1 },
    whenMissed:
      'Nest and Express with `rawBody` are nearly all of both sides. The other side has Nest 11 around it.',
  }),
  finding('P4', 'guardFastify', 'golevelupFastify', {
    what: `${byGuard}, Fastify`,
    against: `${golevelup} Fastify`,
    goal: { atLeast: 1.6 },
    whenMissed:
      'What is left of a request on Fastify is the platform and its parser, the HMAC, the decoded event, and a message for telemetry where `@opentelemetry/api` is installed.',
  }),
  finding('P5', 'routeExpress', 'golevelupExpress', {
    what: `${readyMade}, Express`,
    against: `${golevelup} Express, which stores nothing`,
    goal: { atLeast: 1.25 },
    whenMissed: 'What is left is Express itself, from the socket to the router and back.',
  }),
  finding('P5', 'routeFastify', 'golevelupFastify', {
    what: `${readyMade}, Fastify`,
    against: `${golevelup} Fastify, which stores nothing`,
    goal: { atLeast: 2 },
    whenMissed:
      'What is left is Fastify itself, the HMAC and the hash that is the id of the event.',
  }),
  finding('P5', 'handledExpress', 'golevelupExpress', {
    what: `${handled}, Express`,
    against: `${golevelup} Express`,
  }),
  finding('P5', 'handledFastify', 'golevelupFastify', {
    what: `${handled}, Fastify`,
    against: `${golevelup} Fastify`,
  }),
]);
