import { interleave, quartiles, ratio } from './measure.mjs';
import { costsText, report } from './report.mjs';
import { startWorker } from './worker.mjs';

const ROUNDS = 30;
const CALLS = 640;
const IN_FLIGHT = 16;
const NAMES = ['glomopay', 'stripe', 'httpService'];

const gateway = await startWorker('p7-stub-gateway.mjs');
const port = await gateway.ask('port');
const callers = await Promise.all(
  NAMES.map((name) => startWorker('caller.mjs', 'p7-clients.mjs', name, port)),
);
const contenders = Object.fromEntries(
  NAMES.map((name, at) => [
    name,
    () => callers[at].ask('calls', { count: CALLS, inFlight: IN_FLIGHT }),
  ]),
);
const costs = await interleave(contenders, { rounds: ROUNDS, warmUp: 12 });
for (const worker of [...callers, gateway]) await worker.stop();

const medians = (...names) =>
  costsText(Object.fromEntries(names.map((name) => [name, quartiles(costs[name]).median])), 'us');

const whenMissed =
  'Half of a call is the request through `node:http`; the rest is what axios does around its adapter, the checks, the wire names, and reading and scrubbing the answer.';

report([
  {
    row: 'P7',
    what: '`PaymentsService.create`, CPU per call at 16 in flight',
    against: 'stripe-node creating a payment intent on the same server',
    goal: { atMost: 1 },
    unit: 'x',
    measured: ratio(costs.glomopay, costs.stripe),
    costs: medians('glomopay', 'stripe'),
    whenMissed,
  },
  {
    row: 'P7',
    what: '`PaymentsService.create`, CPU per call at 16 in flight',
    against: '`HttpService` with its defaults, posting the same JSON',
    goal: { atMost: 0.4 },
    unit: 'x',
    measured: ratio(costs.glomopay, costs.httpService),
    costs: medians('glomopay', 'httpService'),
    whenMissed,
  },
]);
