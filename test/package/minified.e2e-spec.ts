import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { minify } from 'terser';
import { type PackedLibrary, packLibrary } from './packed-library.js';

const run = promisify(execFile);
const program = fileURLToPath(new URL('programs/bundled-host.ts', import.meta.url));

let packed: PackedLibrary;
let home: GlomopaySandbox;
let emea: GlomopaySandbox;

beforeAll(async () => {
  packed = await packLibrary();
  [home, emea] = await Promise.all([GlomopaySandbox.start(), GlomopaySandbox.start()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([packed.remove(), home.stop(), emea.stop()]);
});

/** The host and this library in one file; everything else stays in `node_modules`. */
async function bundled(format: 'cjs' | 'esm', isSmall: boolean): Promise<string> {
  const source = path.join(packed.app, 'host.ts');
  const outfile = path.join(packed.app, `host-${isSmall}.${format === 'cjs' ? 'cjs' : 'mjs'}`);
  await cp(program, source);
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    minify: isSmall,
    keepNames: false,
    platform: 'node',
    format,
    logLevel: 'error',
    external: ['@nestjs/*', 'reflect-metadata', 'rxjs', 'axios', 'class-*', '@opentelemetry/*'],
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  return outfile;
}

const accountOf = ({ url, secretKey, webhookSecret, demoCustomerId }: GlomopaySandbox) => ({
  url,
  secretKey,
  webhookSecret,
  customerId: demoCustomerId,
});

async function found(file: string): Promise<unknown> {
  const gateways = JSON.stringify({ home: accountOf(home), emea: accountOf(emea) });
  const { stdout } = await run(process.execPath, [file, gateways], { timeout: 30_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

const everything = {
  distinct: true,
  byToken: true,
  byAccounts: true,
  ownPayments: true,
  outcomes: ['home succeeded', 'emea succeeded'],
  unknownId: ['GlomopayNotFoundError', true, 'GLOMOPAY_API'],
  badId: ['GlomopayValidationError', false, 'GLOMOPAY_VALIDATION'],
  callbacks: [200, 401, 200, 400],
  forgedWebhook: 401,
  token: 'Symbol(nestjs-glomopay:emea:OrdersService)',
};

describe.each(['cjs', 'esm'] as const)('a host in one file, %s', (format) => {
  it('works as it is', async () => {
    expect(await found(await bundled(format, false))).toEqual(everything);
  }, 60_000);

  it('works when every name was shortened', async () => {
    const file = await bundled(format, true);
    expect(await readFile(file, 'utf8')).not.toMatch(/class OrdersService\b/);
    expect(await found(file)).toEqual(everything);
  }, 60_000);

  it('works after terser has shortened what is left', async () => {
    const file = await bundled(format, false);
    const options = { mangle: { toplevel: true }, compress: true, module: format === 'esm' };
    const { code = '' } = await minify(await readFile(file, 'utf8'), options);
    await writeFile(file, code);
    expect(code).not.toMatch(/class OrdersService\b/);
    expect(await found(file)).toEqual(everything);
  }, 60_000);
});
