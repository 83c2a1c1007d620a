import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { type PackedLibrary, packLibrary } from './packed-library.js';

const application = (load: string, exported: string) => `
  ${load}
  class AppModule {}
  Module({
    imports: [
      GlomopayModule.forRoot({ secretKey: process.env.KEY, baseUrl: process.env.URL }),
      GlomopayTrackingModule.forRootAsync({
        useFactory: () => ({ store: new MemoryTrackingStore() }),
      }),
    ],
  })(AppModule);
  ${exported}
`;
const names = '{ GlomopayModule, GlomopayTrackingModule, MemoryTrackingStore }';

describe('The program nestjs-glomopay reconcile, as it is published', () => {
  let packed: PackedLibrary;
  let sandbox: GlomopaySandbox;
  beforeAll(async () => {
    [packed, sandbox] = await Promise.all([packLibrary(), GlomopaySandbox.start()]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([packed.remove(), sandbox.stop()]);
  });

  function reconcile(...words: readonly string[]) {
    const program = path.join(packed.app, 'node_modules/nestjs-glomopay/bin/nestjs-glomopay.mjs');
    const env = { ...process.env, NODE_OPTIONS: '', KEY: sandbox.secretKey, URL: sandbox.url };
    return new Promise<{ code: unknown; out: string; told: string }>((resolve) => {
      execFile(
        process.execPath,
        [program, 'reconcile', ...words],
        { cwd: packed.app, env },
        (error, out, told) => resolve({ code: error?.code ?? 0, out, told }),
      );
    });
  }

  it.each([
    [
      'app.mjs',
      application(
        `import { Module } from '@nestjs/common'; import ${names} from 'nestjs-glomopay';`,
        'export { AppModule };',
      ),
    ],
    [
      'app.cjs',
      application(
        `const { Module } = require('@nestjs/common'); const ${names} = require('nestjs-glomopay');`,
        'exports.AppModule = AppModule;',
      ),
    ],
  ])('compares the books of %s', async (file, text) => {
    await writeFile(path.join(packed.app, file), text);
    const { code, out, told } = await reconcile('--app', file, '--from', '2026-01-01');
    expect({ code, out, told }).toEqual({
      code: 0,
      out: '',
      told: expect.stringContaining('0 compared, 0 equal, 0 differ'),
    });
  });

  it('ends with 2 where there is no such file', async () => {
    const { code, told } = await reconcile('--app', 'none.js', '--from', '2026-01-01');
    const where = 'the application did not start (start it by itself to see why)';
    expect([code, told]).toEqual([2, `cannot compare: ${where}: Error, ERR_MODULE_NOT_FOUND\n`]);
  });
});
