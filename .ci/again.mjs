// `node .ci/again.mjs <report>`: runs what has failed once more, alone on the machine. Some thousand tests
// share two cores with databases and browsers; what fails beside them and holds alone is told by name, for
// somebody to look at, and counted by its second run. More than a few files are no accident: they stay failed.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const MOST = 3;
const [, , report] = process.argv;
const first = JSON.parse(readFileSync(report, 'utf8'));
const files = first.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
if (files.length === 0 || files.length > MOST) process.exit(1);

const second = `${report}.again`;
const args = [
  'run',
  'test:all',
  '--',
  '--runInBand',
  // What a failed test has left open must not keep the machine.
  '--forceExit',
  '--json',
  `--outputFile=${second}`,
  '--runTestsByPath',
];
spawnSync('npm', [...args, ...files], { stdio: 'inherit' });
const again = JSON.parse(readFileSync(second, 'utf8'));
rmSync(second);
if (!again.success) process.exit(1);

const failed = first.testResults
  .filter(({ status }) => status === 'failed')
  .flatMap(({ assertionResults }) => assertionResults);
const of = (status) => failed.filter((test) => test.status === status).length;
writeFileSync(
  report,
  JSON.stringify({
    ...first,
    success: true,
    numPassedTests: first.numPassedTests - of('passed') + again.numPassedTests,
    numPendingTests: first.numPendingTests - of('pending') + again.numPendingTests,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
  }),
);
const tests = failed.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
for (const name of [...files, ...tests]) {
  process.stdout.write(`== failed beside others, held alone: ${name}\n`);
}
