import { setTimeout as pause } from 'node:timers/promises';
import { quartiles } from './measure.mjs';
import { costsText, report } from './report.mjs';
import { startWorker } from './worker.mjs';

const DUE = 100_000;
/** By default 3,000 requests a minute, of which 300 may go out at once. */
const BOUND_PER_S = 2_700 / 60;
const BURST = 300;
const WINDOW_MS = 10_000;
/** All of them take 37 minutes; what holds for a minute holds for each. `P12_WHOLE=1` waits for all. */
const WINDOWS = process.env.P12_WHOLE === '1' ? Infinity : 6;

const gateway = await startWorker('p12-stub-gateway.mjs');
process.execArgv.push('--expose-gc');
const app = await startWorker('p12-app.mjs', String(await gateway.ask('port')), String(DUE));

while ((await app.ask('settled')) < BURST) await pause(100);

const shares = [];
const heaps = [await app.ask('heap')];
const start = { at: performance.now(), settled: await app.ask('settled') };
let last = start;
for (let window = 0; window < WINDOWS; window += 1) {
  await pause(WINDOW_MS);
  const now = { at: performance.now(), settled: await app.ask('settled') };
  if (now.settled >= DUE) break;
  shares.push((now.settled - last.settled) / ((now.at - last.at) / 1_000) / BOUND_PER_S);
  heaps.push(await app.ask('heap'));
  last = now;
}
const perSecond = (last.settled - start.settled) / ((last.at - start.at) / 1_000);
await app.ask('end');
await Promise.all([app.stop(), gateway.stop()]);

report([
  {
    row: 'P12',
    what: `a sweep of ${DUE} due payments on Postgres, each with an outcome and a handler, the gateway answers in 50 ms`,
    against:
      'the bound that the rate limit of 3,000 a minute sets: 45 a second once its burst is used up',
    goal: { atLeast: 0.9 },
    unit: 'x',
    measured: quartiles(shares),
    costs: costsText({ settled: perSecond, bound: BOUND_PER_S }, 'a second'),
    whenMissed:
      'Between two rounds nothing is asked: a round is claimed when the one before has ended.',
  },
  {
    row: 'P12',
    what: `the same: live memory after ${last.settled} of them, against that after the first ${BURST}`,
    against: 'nothing',
    goal: { atMost: 4 },
    unit: 'MB',
    measured: quartiles(heaps.slice(1).map((heap) => heap - heaps[0])),
    costs: costsText({ first: heaps[0], last: heaps.at(-1) }, 'MB'),
  },
]);
