import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const workspace = fileURLToPath(new URL('../..', import.meta.url));
const jest = path.join(workspace, 'node_modules/jest/bin/jest.js');

/** What the files of these names say when they are run by one worker. */
async function tests(
  names: readonly string[],
  ...flags: readonly string[]
): Promise<readonly string[]> {
  const files = ['--testMatch', `**/test/one-graph/files/{${names.join()}}.ts`];
  const args = [jest, '--json', '--maxWorkers=1', ...flags, ...files];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: workspace,
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules' },
  }).catch((error: { readonly stdout: string }) => error);
  const report: Report = JSON.parse(stdout);
  return report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ fullName, status }) => `${status}: ${fullName.replace(/^(one|another) /, '')}`)
    .toSorted();
}

const visit = (number: number) =>
  `is visit ${number} of this module, and finds nothing of the others`;

describe('Test files that one worker runs', () => {
  it('share their modules and nothing else, but those that ask for modules of their own', async () => {
    expect(await tests(['one', 'another', 'alone'])).toEqual([
      `passed: alone ${visit(1)}`,
      `passed: ${visit(1)}`,
      `passed: ${visit(2)}`,
    ]);
  });

  it('go on after one that cannot be loaded', async () => {
    expect(await tests(['broken', 'one'])).toEqual([`passed: ${visit(1)}`]);
  });

  it('have modules of their own where coverage is counted', async () => {
    const names = ['one', 'another', 'alone'];
    expect(
      await tests(names, '--coverage', '--coverageReporters=none', '--collectCoverageFrom=none'),
    ).toEqual([`passed: alone ${visit(1)}`, `passed: ${visit(1)}`, `passed: ${visit(1)}`]);
  });
});
