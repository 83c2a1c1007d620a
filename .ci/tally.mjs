// Adds up the reports of the test runners and prints the closing line. A run without tests, or a
// step named on the command line that failed before them, counts as a failure.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [, , folder, failedStep] = process.argv;
const reports = readdirSync(folder).map((file) =>
  JSON.parse(readFileSync(path.join(folder, file), 'utf8')),
);
const sum = (member) => reports.reduce((total, report) => total + (report[member] ?? 0), 0);
const passed = sum('numPassedTests');
const brokenSuites = sum('numRuntimeErrorTestSuites');
const failed = sum('numFailedTests') + brokenSuites + (failedStep === undefined ? 0 : 1);
const skipped = sum('numPendingTests') + sum('numTodoTests');
process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 || passed === 0 || skipped > 0 ? 1 : 0;
