import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { difference, interleave, quartiles } from './measure.mjs';
import { costsText, report } from './report.mjs';

/** An application with so many accounts is watched for fifteen seconds. */
const RUNS = 3;

const script = fileURLToPath(new URL('p13-merchants-app.mjs', import.meta.url));
const kinds = {
  one: ['source', 1, 1],
  thousand: ['source', 1_000, 1_000],
  registered: ['registered', 0, 1_000],
  hundred: ['source', 100, 100],
  hundredOfMany: ['source', 10_000, 100],
};
const seen = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));

async function start(kind) {
  const child = fork(script, kinds[kind].map(String), { execArgv: ['--expose-gc'] });
  const [message] = await once(child, 'message');
  seen[kind].push(message);
  await once(child, 'exit');
  return message.bootMs;
}

await interleave(Object.fromEntries(Object.keys(kinds).map((kind) => [kind, () => start(kind)])), {
  rounds: RUNS,
  warmUp: 0,
});

function finding(what, figure, [of, against], unit, goal) {
  const figures = (kind) => seen[kind].map((run) => run[figure]);
  const median = (kind) => quartiles(figures(kind)).median;
  return {
    row: 'P13',
    what: `${what[0]}: ${what[1]}`,
    against: what[2],
    unit,
    ...(goal !== undefined && { goal: { atMost: goal } }),
    measured: difference(figures(of), figures(against)),
    costs: costsText(
      { [against]: median(against), [of]: median(of) },
      unit === '' ? 'a second' : unit,
    ),
    whenMissed: 'See the figures; the container of each account is what it costs.',
  };
}

const findings = [];
for (const [kind, what] of [
  ['thousand', '1000 merchants of a source with tracking, all in use'],
  ['registered', '1000 merchants registered at run time, with tracking'],
]) {
  const row = (about, figure, unit, goal) =>
    finding([what, about, 'one such merchant'], figure, [kind, 'one'], unit, goal);
  findings.push(
    row('boot, and all of them made', 'bootMs', 'ms', 10_000),
    row('memory (RSS)', 'rss', 'MB', 250),
    row('heap in use', 'heap', 'MB', 250),
    row('CPU when idle, percent of a core', 'cpu', '%', 1),
    row('transactions a second when idle', 'transactions', '', 1),
  );
}
const few = (about, figure, unit, goal) =>
  finding(
    ['10000 merchants at the source, 100 of them in use', about, '100 at the source, all in use'],
    figure,
    ['hundredOfMany', 'hundred'],
    unit,
    goal,
  );
findings.push(
  few('memory (RSS)', 'rss', 'MB', 25),
  few('heap in use', 'heap', 'MB', 10),
  few('transactions a second when idle', 'transactions', '', 1),
);
report(findings);
