import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { invariants } from './invariants.mjs';
import { readOptions, usage } from './options.mjs';
import { PostgresStorage } from './postgres-storage.mjs';
import { runScenario } from './run-scenario.mjs';
import { chosenScenarios } from './scenarios.mjs';
import { SqliteStorage } from './sqlite-storage.mjs';
import { summaryOf } from './summary.mjs';

const storages = { sqlite: SqliteStorage, postgres: PostgresStorage };
const MOST_LINES = 20;

const print = (text) => process.stdout.write(`${text}\n`);

// Runs a scenario, prints what happened, and gives how many invariants held.
async function report(scenario, options) {
  print(
    `\n== ${scenario.name}: ${scenario.payments} payments, ${scenario.kills} kills, ${scenario.cuts} cuts`,
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'crash-test-'));
  const storage = await storages[scenario.storage].create(folder);
  if (storage === undefined) {
    print('  SKIPPED: no Postgres answers (TEST_DATABASE_URL, or 127.0.0.1:5432)');
    return { passed: 0, failed: 0, skipped: invariants.length };
  }
  try {
    const { seed, sabotage } = options;
    const result = await runScenario({ scenario, storage, folder, seed, sabotage });
    for (const line of summaryOf(result)) print(line);
    const failed = invariants.filter(({ title, check }) => violated(title, check(result))).length;
    print(failed === 0 ? '  every invariant holds' : `  seed ${seed}: run again with --seed`);
    return { passed: invariants.length - failed, failed, skipped: 0 };
  } catch (error) {
    print(`  FAILED: ${error.stack}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    await storage.drop();
    if (options.keep) print(`  output of the hosts: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

function violated(title, violations) {
  if (violations.length === 0) return false;
  print(`  VIOLATED: ${title} (${violations.length})`);
  for (const violation of violations.slice(0, MOST_LINES)) print(`    ${violation}`);
  return true;
}

async function main(options) {
  print(`seed ${options.seed}`);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const scenario of chosenScenarios(options)) {
    const { passed, failed, skipped } = await report(scenario, options);
    counts.passed += passed;
    counts.failed += failed;
    counts.skipped += skipped;
  }
  print(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  if (options.report !== undefined) {
    const tests = {
      numPassedTests: counts.passed,
      numFailedTests: counts.failed,
      numPendingTests: counts.skipped,
    };
    await writeFile(options.report, `${JSON.stringify({ seed: options.seed, ...tests })}\n`);
  }
  return counts.failed === 0 ? 0 : 1;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) print(usage);
  // What a failed run has left waiting must not keep this process.
  else process.exit(await main(options));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
