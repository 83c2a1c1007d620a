import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, copyFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { read } from '../test/client.js';

const packageRoot = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

// Under node_modules, where nothing is committed and the package's dependencies resolve.
const cache = join(packageRoot, 'node_modules', '.cache');
let built = '';

beforeAll(async () => {
  await mkdir(cache, { recursive: true });
  built = await mkdtemp(join(cache, 'cli-'));
  await copyFile(join(packageRoot, 'package.json'), join(built, 'package.json'));
  const flags = ['--composite', 'false', '--incremental', 'false', '--declaration', 'false'];
  const project = ['-p', join(packageRoot, 'tsconfig.lib.json'), '--outDir', join(built, 'dist')];
  await promisify(execFile)(process.execPath, [tsc, ...project, ...flags]);
});

afterAll(async () => rm(built, { recursive: true, force: true }));

const start = (...argv: string[]) =>
  spawn(process.execPath, [join(built, 'dist', 'cli.js'), ...argv], {
    env: { PATH: process.env['PATH'] },
  });

describe('the glomopay-sandbox command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'serves, then ends cleanly on %s',
    async (signal) => {
      const child = start('--port', '0', '--json');
      const [line] = await once(child.stdout, 'data');
      const started: unknown = JSON.parse(String(line));
      expect((await fetch(read(started, 'url'))).status).toBe(200);
      const exit = once(child, 'exit');
      child.kill(signal);
      expect(await exit).toEqual([0, null]);
    },
    20_000,
  );

  it('exits with 2 and usage on stderr for an unknown option', async () => {
    const child = start('--nope');
    const [[text], [code]] = await Promise.all([once(child.stderr, 'data'), once(child, 'exit')]);
    expect(String(text)).toContain('Usage: glomopay-sandbox');
    expect(code).toBe(2);
  });
});
