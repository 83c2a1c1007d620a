import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { difference, interleave, quartiles } from './measure.mjs';
import { costsText, report } from './report.mjs';
import { secretKey } from './signed-callbacks.mjs';

const RUNS = 25;
const MEGABYTE = 1024 * 1024;

const script = fileURLToPath(new URL('p9-app.mjs', import.meta.url));
const env = { ...process.env, GLOMOPAY_SECRET_KEY: secretKey };
const memory = { with: [], without: [] };
const cpuTime = { with: [], without: [] };

/** Milliseconds from the start of the process until it listens. */
async function start(kind) {
  const begin = performance.now();
  const child = fork(script, [kind], { env });
  const [{ rss, cpu }] = await once(child, 'message');
  const duration = performance.now() - begin;
  memory[kind].push(rss / MEGABYTE);
  cpuTime[kind].push(cpu / 1_000);
  child.disconnect();
  await once(child, 'exit');
  return duration;
}

const times = await interleave(
  { without: () => start('without'), with: () => start('with') },
  { rounds: RUNS, warmUp: 2 },
);
const measured = ({ with: w, without }) => ({
  with: w.slice(-RUNS),
  without: without.slice(-RUNS),
});
const rss = measured(memory);
const cpu = measured(cpuTime);

const medians = (lists, unit) =>
  costsText({ with: quartiles(lists.with).median, without: quartiles(lists.without).median }, unit);
const against =
  'the same app without; `ConfigModule`, `HttpModule` and a class-validator pipe in both';

report([
  {
    row: 'P9',
    what: 'start of a Nest app with the module, time to listening',
    against,
    goal: { atMost: 50 },
    unit: 'ms',
    measured: difference(times.with, times.without),
    costs: medians(times, 'ms'),
    whenMissed:
      'Wall time follows whatever else the machine does; wide quartiles mean that it was busy. The line below is the CPU behind it.',
  },
  {
    row: 'P9',
    what: 'start of a Nest app with the module, CPU until listening',
    against,
    unit: 'ms',
    measured: difference(cpu.with, cpu.without),
    costs: medians(cpu, 'ms'),
  },
  {
    row: 'P9',
    what: 'start of a Nest app with the module, memory (RSS) when listening',
    against,
    goal: { atMost: 8 },
    unit: 'MB',
    measured: difference(rss.with, rss.without),
    costs: medians(rss, 'MB'),
  },
]);
