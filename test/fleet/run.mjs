import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PostgresStorage } from '../crash/postgres-storage.mjs';
import { SqliteStorage } from '../crash/sqlite-storage.mjs';
import { invariants } from './invariants.mjs';
import { readOptions, usage } from './options.mjs';
import { runFleet } from './run-fleet.mjs';
import { summaryOf } from './summary.mjs';

const MOST_LINES = 20;

const print = (text) => process.stdout.write(`${text}\n`);

// Runs a scenario, prints what happened, and gives how many invariants held.
async function report(scenario, options) {
  const { name, workers, events, kills, cuts } = scenario;
  print(`\n== ${name}: ${workers} workers, ${events} events, ${kills} kills, ${cuts} cuts`);
  const folder = await mkdtemp(path.join(tmpdir(), 'fleet-test-'));
  await mkdir(path.join(folder, 'data'));
  const { storage, missing } = await storageOf(scenario, folder);
  if (storage === undefined) {
    print(`  SKIPPED: ${missing}`);
    await rm(folder, { recursive: true, force: true });
    return { passed: 0, failed: 0, skipped: invariants.length };
  }
  try {
    const { seed, sabotage } = options;
    const result = await runFleet({ scenario, storage, folder, seed, sabotage });
    for (const line of summaryOf(result)) print(line);
    const failed = invariants.filter(({ title, check }) => violated(title, check(result))).length;
    print(failed === 0 ? '  every invariant holds' : `  seed ${seed}: run again with --seed`);
    return { passed: invariants.length - failed, failed, skipped: 0 };
  } catch (error) {
    print(`  FAILED: ${error.stack}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    await storage.drop();
    if (options.keep) print(`  output of the workers: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

async function storageOf({ name, redis }, folder) {
  if (name === 'sqlite') return { storage: await SqliteStorage.create(folder) };
  if (redis && spawnSync('redis-server', ['--version']).error !== undefined) {
    return { missing: 'there is no redis-server' };
  }
  const missing = 'no Postgres answers (TEST_DATABASE_URL, or 127.0.0.1:5432)';
  return { storage: await PostgresStorage.create(), missing };
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
  for (const scenario of options.scenarios) {
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

// So that what runs on exit runs, and no worker outlives the run.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) print(usage);
  // What a failed run has left waiting must not keep this process.
  else process.exit(await main(options));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
