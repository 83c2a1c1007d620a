import { interleave, quartiles, ratio } from './measure.mjs';
import { costsText, report } from './report.mjs';
import { startWorker } from './worker.mjs';

const ROUNDS = 25;
const REQUESTS = 1_000;
const KINDS = ['bare', 'sample', 'guarded', 'bare-reading', 'guarded-reading'];

const load = await startWorker('p3-load.mjs');

/** CPU microseconds of the server's process for one request. */
async function contender(platform, kind) {
  const app = await startWorker('p3-app.mjs', platform, kind);
  const port = await app.ask('port');
  const measure = async () => {
    await app.ask('startCounting');
    await load.ask('send', { port, count: REQUESTS });
    return (await app.ask('cpu')) / REQUESTS;
  };
  return { app, measure };
}

async function costsOn(platform) {
  const started = await Promise.all(KINDS.map((kind) => contender(platform, kind)));
  const contenders = Object.fromEntries(KINDS.map((kind, at) => [kind, started[at].measure]));
  const costs = await interleave(contenders, { rounds: ROUNDS, warmUp: 10 });
  for (const { app } of started) await app.stop();
  return costs;
}

function findings(platform, costs) {
  const medians = (...names) =>
    costsText(Object.fromEntries(names.map((name) => [name, quartiles(costs[name]).median])), 'us');
  return [
    {
      row: 'P3',
      what: `guarded callback route, ${platform}`,
      against:
        'the same Nest route whose handler verifies with `createHmac` and `===`, as the integration page shows it',
      goal: { atLeast: 1 },
      unit: 'x',
      measured: ratio(costs.sample, costs.guarded),
      costs: medians('guarded', 'sample'),
      whenMissed:
        'The HMAC is the same on both sides. Ours are the guard that Nest calls, the grammar of what is signed, a comparison in constant time, and a message for telemetry where `@opentelemetry/api` is installed, as it is here.',
    },
    {
      row: 'P3',
      what: `guarded callback route, ${platform}`,
      against: 'the same Nest route and handler bare, which verifies nothing',
      unit: 'x',
      measured: ratio(costs.bare, costs.guarded),
      costs: medians('guarded', 'bare'),
    },
    {
      row: 'P3',
      what: `guarded callback route whose handler reads \`@VerifiedCallback()\`, ${platform}`,
      against: 'a bare one whose handler reads `@Query()`',
      unit: 'x',
      measured: ratio(costs['bare-reading'], costs['guarded-reading']),
      costs: medians('guarded-reading', 'bare-reading'),
    },
  ];
}

const express = findings('Express', await costsOn('express'));
const fastify = findings('Fastify', await costsOn('fastify'));
await load.stop();
report([...express, ...fastify]);
