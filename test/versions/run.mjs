import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withPackages } from './libraries.mjs';
import { note } from './results.mjs';
import { rows } from './rows.mjs';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const manifest = createRequire(import.meta.url).resolve('jest/package.json');
const jest = path.join(path.dirname(manifest), 'bin/jest.js');
const print = (text) => process.stdout.write(`${text}\n`);

// The specs of a row, in one worker; gives how many tests have passed and failed.
async function carryOut({ name, specs, titles }, { where, env, folder }) {
  const report = path.join(folder, `${name}.json`);
  const only = titles === undefined ? [] : ['-t', titles];
  const args = ['--experimental-vm-modules', jest, '-w', '1', '--json', `--outputFile=${report}`];
  const child = spawn(process.execPath, [...args, ...only, ...specs], {
    cwd: where,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'exit');
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(
    await readFile(report, 'utf8'),
  );
  const broken = testResults.filter(({ assertionResults }) => assertionResults.length === 0);
  const failed = numFailedTests + (numFailedTestSuites > 0 ? broken.length : 0);
  if (numPassedTests + failed === 0) throw new Error('no test was run');
  return { passed: numPassedTests, failed };
}

async function runRow(row, folder) {
  if (row.packages !== undefined) {
    const where = await withPackages(folder, row.packages);
    const version = row.packages.map((one) => one.slice(one.lastIndexOf('@') + 1))[0];
    return { ...row, version, ...(await carryOut(row, { where, env: {}, folder })) };
  }
  const { version, env, stop } = await row.start(folder);
  try {
    return { ...row, version, ...(await carryOut(row, { where: repository, env, folder })) };
  } finally {
    await stop();
  }
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    folder: { type: 'string', default: path.join(tmpdir(), 'glomopay-versions') },
    list: { type: 'boolean', default: false },
  },
});
const names = rows.map(({ name }) => name);
const asked = values.only?.split(',') ?? names;
const unknown = asked.filter((name) => !names.includes(name));
if (values.list) print(names.join('\n'));
else if (unknown.length > 0) {
  process.stderr.write(`There is no row ${unknown.join(', ')}; --list names them all\n`);
  process.exitCode = 2;
} else {
  await mkdir(values.folder, { recursive: true });
  for (const row of rows.filter(({ name }) => asked.includes(name))) {
    const result = await runRow(row, values.folder).catch((error) => ({
      ...row,
      version: '',
      fault: String(error.message).split('\n')[0],
    }));
    const { name, version, passed = 0, failed = 0, fault } = result;
    print(`${name} ${version}: ${fault ?? `${passed} passed, ${failed} failed`}`);
    if (failed > 0 || fault !== undefined) process.exitCode = 1;
    await note(names, [result]);
  }
}
