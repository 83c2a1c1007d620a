import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MOST_LINES = 20;

const print = (text) => process.stdout.write(`${text}\n`);

/**
 * The command of one kind of storm. `storm` has
 *
 * - `usage`, and `readOptions(args)`, which gives `seed`, `scenarios`, `sabotage`, `report`, `keep`, `help`
 * - `name`, of its temporary folders, and `processes`: what is killed
 * - `headingOf(scenario)`
 * - `storageOf(scenario, folder)`: `{ storage }`, or `{ missing }` with the reason to skip the scenario
 * - `run({ scenario, storage, folder, seed, sabotage })`, whose result `summaryOf` and each of the
 *   `invariants` are given
 *
 * Ends the process: 0 when every invariant held, 1 when one did not, 2 when the command line is wrong.
 */
export async function runCommand(storm) {
  // So that what runs on exit runs, and no child process outlives the run.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  try {
    const options = storm.readOptions(process.argv.slice(2));
    if (options.help) print(storm.usage);
    // What a failed run has left waiting must not keep this process.
    else process.exit(await runAll(storm, options));
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

async function runAll(storm, options) {
  print(`seed ${options.seed}`);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const scenario of options.scenarios) {
    const { passed, failed, skipped } = await runOne(storm, scenario, options);
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

// Runs a scenario, prints what happened, and gives how many invariants held.
async function runOne(storm, scenario, { seed, sabotage, keep }) {
  const { invariants, name, processes } = storm;
  print(`\n== ${storm.headingOf(scenario)}`);
  const folder = await mkdtemp(path.join(tmpdir(), `${name}-test-`));
  const { storage, missing } = await storm.storageOf(scenario, folder);
  if (storage === undefined) {
    print(`  SKIPPED: ${missing}`);
    await rm(folder, { recursive: true, force: true });
    return { passed: 0, failed: 0, skipped: invariants.length };
  }
  try {
    const result = await storm.run({ scenario, storage, folder, seed, sabotage });
    for (const line of storm.summaryOf(result)) print(line);
    const failed = invariants.filter(({ title, check }) => violated(title, check(result))).length;
    print(failed === 0 ? '  every invariant holds' : `  seed ${seed}: run again with --seed`);
    return { passed: invariants.length - failed, failed, skipped: 0 };
  } catch (error) {
    print(`  FAILED: ${error.stack}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    await storage.drop();
    if (keep) print(`  output of the ${processes}: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

function violated(title, violations) {
  if (violations.length === 0) return false;
  print(`  VIOLATED: ${title} (${violations.length})`);
  for (const violation of violations.slice(0, MOST_LINES)) print(`    ${violation}`);
  return true;
}
