import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type PackedLibrary, packLibrary } from './packed-library.js';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const typescript6 = require.resolve('typescript/bin/tsc');
/** TypeScript 5, which the checker below brings along. */
const typescript5 = createRequire(require.resolve('@arethetypeswrong/core')).resolve(
  'typescript/bin/tsc',
);

jest.setTimeout(120_000);

describe('The types of nestjs-glomopay', () => {
  let packed: PackedLibrary;
  beforeAll(async () => {
    packed = await packLibrary();
  }, 120_000);
  afterAll(() => packed.remove());

  it('are found at every entry point by every kind of resolution', async () => {
    const printed = await tool(`
      import { readFile } from 'node:fs/promises';
      import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
      const tarball = createPackageFromTarballData(new Uint8Array(await readFile(process.argv[1])));
      const { entrypoints, problems } = await checkPackage(tarball);
      const resolved = Object.values(entrypoints).flatMap(({ resolutions }) => Object.values(resolutions));
      console.log(JSON.stringify({
        entries: Object.keys(entrypoints).filter((entry) => entry !== './package.json'),
        untyped: resolved.filter(({ resolution }) => resolution === undefined).length,
        problems,
      }));
    `);
    const entries = Object.keys(packed.manifest.exports).filter((key) => key !== './package.json');
    expect(JSON.parse(printed)).toEqual({ entries, untyped: 0, problems: [] });
  });

  it('and the manifest leave nothing to be desired by publint', async () => {
    const printed = await tool(`
      import { readFile } from 'node:fs/promises';
      import { publint } from 'publint';
      const tarball = await readFile(process.argv[1]);
      const { messages } = await publint({ pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) }, strict: true });
      console.log(JSON.stringify(messages));
    `);
    expect(JSON.parse(printed)).toEqual([]);
  });

  it.each([
    ['TypeScript 5, node10, CommonJS', typescript5, 'commonjs', 'commonjs', 'node10'],
    ['TypeScript 5, node16, CommonJS', typescript5, 'commonjs', 'node16', 'node16'],
    ['TypeScript 5, node16, ESM', typescript5, 'module', 'node16', 'node16'],
    ['TypeScript 5, bundler', typescript5, 'module', 'esnext', 'bundler'],
    ['TypeScript 6, node10, CommonJS', typescript6, 'commonjs', 'commonjs', 'node10'],
    ['TypeScript 6, node16, ESM', typescript6, 'module', 'node16', 'node16'],
    ['TypeScript 6, nodenext, CommonJS', typescript6, 'commonjs', 'nodenext', 'nodenext'],
    ['TypeScript 6, nodenext, ESM', typescript6, 'module', 'nodenext', 'nodenext'],
    ['TypeScript 6, bundler', typescript6, 'module', 'esnext', 'bundler'],
  ])('serve a host with %s', async (name, tsc, type, module, moduleResolution) => {
    const host = await hostOf(name, type, {
      module,
      moduleResolution,
      ...(tsc === typescript6 && moduleResolution === 'node10' && { ignoreDeprecations: '6.0' }),
    });
    const { stdout } = await run(process.execPath, [tsc, '-p', host, '--listFiles']).catch(
      (failed: { stdout: string }) => failed,
    );
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => !path.isAbsolute(line))).toEqual([]);
    // The declarations, and never the sources that are published beside them.
    const read = lines.filter((line) => line.includes('/node_modules/nestjs-glomopay/'));
    expect(read.length).toBeGreaterThan(10);
    expect(read.filter((line) => !/\/nestjs-glomopay\/dist\/.+\.d\.ts$/.test(line))).toEqual([]);
  });

  it.each([
    ['commonjs', 'nodenext', 'nodenext'],
    ['module', 'nodenext', 'nodenext'],
    ['module', 'esnext', 'bundler'],
  ])('hold under skipLibCheck: false, in %s with %s', async (type, module, moduleResolution) => {
    const options = { module, moduleResolution, skipLibCheck: false };
    const host = await hostOf(`strict-${type}-${module}`, type, options);
    const { stdout } = await run(process.execPath, [typescript6, '-p', host]).catch(
      (failed: { stdout: string }) => failed,
    );
    expect(stdout.split('\n').filter((line) => /glomopay|^host\.ts/.test(line))).toEqual([]);
  });

  it.each([
    ['TypeScript 5', typescript5],
    ['TypeScript 6', typescript6],
  ])('can be written down by %s for whatever a host makes of an answer', async (name, tsc) => {
    const host = await hostOf(`declaring-${name}`, 'module', {
      module: 'nodenext',
      moduleResolution: 'nodenext',
      noEmit: false,
      emitDeclarationOnly: true,
      declaration: true, // as Nest's own generator sets it
      outDir: 'declared',
    });
    await writeFile(path.join(host, 'host.ts'), await answersSpread());
    const { stdout } = await run(process.execPath, [tsc, '-p', host]).catch(
      (failed: { stdout: string }) => failed,
    );
    const unnamed = stdout.split('\n').filter((line) => /cannot be named/.test(line));
    // Nobody but the verifier may make a callback, so its mark has no name.
    expect(unnamed.filter((line) => !line.includes("'VERIFIED'"))).toEqual([]);
    expect(stdout).toContain('VERIFIED');
  });

  /** `{ ...answer }` of every method of every class: the members have to be written one by one then. */
  async function answersSpread(): Promise<string> {
    const lines = await packed.node(`
      import * as library from 'nestjs-glomopay';
      for (const [name, { prototype }] of Object.entries(library)) {
        for (const [method, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype ?? {}))) {
          if (method === 'constructor' || typeof value !== 'function') continue;
          const type = \`library.\${name}\`;
          console.log(\`export const \${name}_\${method} = async (it: \${type}) => ({ ...(await it.\${method}(...given)) });\`);
        }
      }
    `);
    return `import type * as library from 'nestjs-glomopay';\ndeclare const given: never[];\n${lines}`;
  }

  /** A host of a few lines that names every entry point, and one error that has to be found. */
  async function hostOf(name: string, type: string, options: object): Promise<string> {
    const host = path.join(packed.app, name.replaceAll(/[^a-z0-9]+/gi, '-'));
    await mkdir(host);
    await writeFile(path.join(host, 'package.json'), JSON.stringify({ type }));
    const entries = Object.keys(packed.manifest.exports).filter((key) => key !== './package.json');
    const lines = entries.map((entry, index) => {
      const specifier = entry.replace('.', 'nestjs-glomopay');
      return `import * as entry${index} from '${specifier}';\nexport type Keys${index} = Defined<keyof typeof entry${index}>;`;
    });
    const source = await readFile(new URL('host.txt', import.meta.url), 'utf8');
    await writeFile(path.join(host, 'host.ts'), [...lines, source].join('\n'));
    const compilerOptions = {
      target: 'es2022',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      experimentalDecorators: true,
      ...options,
    };
    await writeFile(
      path.join(host, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['host.ts'] }),
    );
    return host;
  }

  /** Runs a checker in plain Node, from the folder of this workspace's packages. */
  async function tool(script: string): Promise<string> {
    const args = ['--input-type=module', '--eval', script, packed.tarball];
    const { stdout } = await run(process.execPath, args, {
      cwd: path.dirname(new URL(import.meta.url).pathname),
    });
    return stdout;
  }
});
