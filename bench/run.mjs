import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { isMeasured } from './measure.mjs';
import { page, table } from './results-page.mjs';
import { plot } from './results-plot.mjs';

/** Every row of the benchmarks and its file, with what that is given; a file may measure two. */
const rows = {
  p1: 'p1-callback-verification.mjs',
  p2: 'p2-webhook-verification.mjs',
  p3: 'p3-guarded-route.mjs',
  p4: 'p4-p5-webhook-routes.mjs',
  p5: 'p4-p5-webhook-routes.mjs',
  p6: 'p6-inbox.mjs',
  'p6-mysql': 'p6-inbox.mjs mysql',
  p7: 'p7-create-payment.mjs',
  p8: 'p8-outcome.mjs',
  'p8-mysql': 'p8-outcome.mjs mysql',
  p9: 'p9-start-up.mjs',
  p10: 'p10-growth.mjs',
  'p10-mysql': 'p10-growth-mysql.mjs',
  p11: 'p11-list-payments.mjs',
  p12: 'p12-sweep.mjs',
  p13: 'p13-many-accounts.mjs',
  p14: 'p14-row-locks.mjs',
  p13m: 'p13-merchants.mjs',
};

/** Runs a file in a process of its own and gives its findings. */
async function measure(command) {
  const [file, ...args] = command.split(' ');
  const child = fork(here(file), args);
  const findings = new Promise((resolve) => child.once('message', resolve));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
  return findings;
}

function here(file) {
  return new URL(file, import.meta.url);
}

const asked = process.argv.slice(2).map((row) => row.toLowerCase());
const unknown = asked.filter((row) => !Object.hasOwn(rows, row));
if (unknown.length > 0) {
  process.stderr.write(
    `no such row: ${unknown.join(', ')}; there are ${Object.keys(rows).join(', ')}\n`,
  );
  process.exit(2);
}

const files = new Set((asked.length > 0 ? asked : Object.keys(rows)).map((row) => rows[row]));
const findings = [];
for (const [place, file] of [...files].entries()) {
  process.stderr.write(`${place + 1} of ${files.size}: ${file} ...`);
  const start = performance.now();
  findings.push(...(await measure(file)));
  process.stderr.write(` ${Math.round((performance.now() - start) / 1_000)} s\n`);
}
process.stdout.write(`${table(findings)}\n`);
// The page is always one whole run: figures of different hours do not belong in one table.
if (asked.length === 0 && isMeasured) {
  await writeFile(here('RESULTS.md'), page(findings));
  await writeFile(here('results.svg'), plot(findings));
}
