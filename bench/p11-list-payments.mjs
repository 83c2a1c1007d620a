import { interleave, quartiles, ratio } from './measure.mjs';
import { costsText, report } from './report.mjs';
import { startWorker } from './worker.mjs';

const ROUNDS = 30;
const LISTS = 40;
const NAMES = ['glomopay', 'stripe'];

const gateway = await startWorker('p11-stub-gateway.mjs');
const port = await gateway.ask('port');
const [ours, theirs] = await gateway.ask('kilobytes');
const callers = await Promise.all(
  NAMES.map((name) => startWorker('caller.mjs', 'p11-clients.mjs', name, port)),
);
// One after another, as pages are: the next is asked for when this one has been read.
const contenders = Object.fromEntries(
  NAMES.map((name, at) => [name, () => callers[at].ask('calls', { count: LISTS, inFlight: 1 })]),
);
const costs = await interleave(contenders, { rounds: ROUNDS, warmUp: 12 });
for (const worker of [...callers, gateway]) await worker.stop();

report([
  {
    row: 'P11',
    what: `\`PaymentsService.list\` of 100 payments (${ours} kB), decoded, CPU per list`,
    against: `stripe-node listing 100 payment intents (${theirs} kB), which only parses`,
    goal: { atMost: 1 },
    unit: 'x',
    measured: ratio(costs.glomopay, costs.stripe),
    costs: costsText(
      Object.fromEntries(NAMES.map((name) => [name, quartiles(costs[name]).median])),
      'us',
    ),
    whenMissed:
      'A payment has more nested objects than a payment intent, and each of its members is read, checked and copied where the other side hands on what `JSON.parse` gave.',
  },
]);
