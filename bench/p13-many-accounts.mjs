import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { difference, interleave, quartiles } from './measure.mjs';
import { costsText, report } from './report.mjs';

const ACCOUNTS = 1_000;
/** An application with so many accounts takes seconds to start and is watched for fifteen. */
const RUNS = 3;

const script = fileURLToPath(new URL('p13-app.mjs', import.meta.url));
const seen = { one: [], many: [] };

async function start(kind, accounts) {
  const child = fork(script, ['postgres', String(accounts)]);
  const [{ bootMs, rss, cpu, transactions }] = await once(child, 'message');
  seen[kind].push({ rss, cpu, transactions });
  await once(child, 'exit');
  return bootMs;
}

const boot = await interleave(
  { one: () => start('one', 1), many: () => start('many', ACCOUNTS) },
  { rounds: RUNS, warmUp: 0 },
);

const figures = (what) => ({
  one: seen.one.map((run) => run[what]),
  many: seen.many.map((run) => run[what]),
});
const against = `one account, the same store on Postgres`;

function finding(what, of, unit, goal) {
  return {
    row: 'P13',
    what: `${ACCOUNTS} accounts with tracking: ${what}`,
    against,
    unit,
    ...(goal !== undefined && { goal: { atMost: goal } }),
    measured: difference(of.many, of.one),
    costs: costsText(
      { one: quartiles(of.one).median, many: quartiles(of.many).median },
      unit === '' ? 'a second' : unit,
    ),
    whenMissed:
      'Nest binds each of two global modules per account into every other module; registrations with `isGlobal: false` do not.',
  };
}

report([
  finding('boot', boot, 'ms', 10_000),
  finding('memory (RSS) after boot', figures('rss'), 'MB', 250),
  finding('CPU when idle, percent of a core', figures('cpu'), '%', 1),
  finding('transactions a second when idle', figures('transactions'), '', 1),
]);
