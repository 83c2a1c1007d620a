import { readdir, readFile } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PackedLibrary, packLibrary } from './packed-library.js';

const library = new URL('../../libs/nestjs-glomopay/', import.meta.url);

/** The files of the library's sources, specs left out, by their paths in the library. */
async function writtenSources(): Promise<string[]> {
  const files = await readdir(new URL('src/', library), { recursive: true });
  return files
    .filter((file) => file.endsWith('.ts') && !/\.spec(?:-d)?\.ts$/.test(file))
    .map((file) => path.join('src', file))
    .toSorted();
}

/** The lines of a file of the sources, by its path in the library. */
const linesOf = async (source: string): Promise<string[]> =>
  (await readFile(new URL(source, library), 'utf8')).split('\n');

/** Where a line of the sources is, as a stack trace writes it. */
async function placeOf(source: string, text: string): Promise<string> {
  const index = (await linesOf(source)).findIndex((line) => line.includes(text));
  expect(index).toBeGreaterThan(0);
  return `/node_modules/nestjs-glomopay/${source}:${index + 1}:`;
}

describe('The sources that are published', () => {
  let packed: PackedLibrary;
  beforeAll(async () => {
    packed = await packLibrary();
  }, 120_000);
  afterAll(() => packed.remove());

  it('are all of them, to the letter, and no spec', async () => {
    const written = await writtenSources();
    expect(written.length).toBeGreaterThan(600);
    expect(packed.files.filter((file) => file.startsWith('src/'))).toEqual(written);
    for (const file of written) {
      expect(await packed.read(file)).toBe(await readFile(new URL(file, library), 'utf8'));
    }
  });

  it.each(['src/index.ts', 'src/values/money.ts', 'src/postgres/index.ts'])(
    'cannot be imported: %s',
    async (file) => {
      const printed = await packed.node(
        `import('nestjs-glomopay/${file}').catch((error) => console.log(error.code))`,
      );
      expect(printed).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
    },
  );

  it('are named by no field of the manifest, whose entry points lead to what is built', async () => {
    const manifest = JSON.parse(await packed.read('package.json')) as object;
    const entries = Object.entries(manifest).filter(([field]) => field !== 'files');
    expect(entries.length).toBeGreaterThan(10);
    expect(entries.filter(([, value]) => JSON.stringify(value).includes('src/'))).toEqual([]);
  });
});

describe.each([
  ['esm', 'module', 'await import'],
  ['cjs', 'commonjs', 'require'],
] as const)('What is published as %s', (folder, format, load) => {
  let packed: PackedLibrary;
  let modules: string[];
  beforeAll(async () => {
    packed = await packLibrary();
    modules = packed.files.filter(
      (file) => file.startsWith(`dist/${folder}/`) && /(?<!\.d)\.js$/.test(file),
    );
  }, 120_000);
  afterAll(() => packed.remove());

  /** A file's source map, and for each of its lines the text and the line of the sources behind it. */
  async function mapOf(file: string) {
    const payload = JSON.parse(await packed.read(`${file}.map`)) as SourceMapPayload;
    const sources = payload.sources.map((source) => path.join(path.dirname(file), source));
    const texts = new Map(
      await Promise.all(sources.map(async (name) => [name, await linesOf(name)] as const)),
    );
    const map = new SourceMap(payload);
    const behind = (line: number, column: number): string => {
      const entry = map.findEntry(line, column);
      if (!('originalSource' in entry)) return '';
      const source = path.join(path.dirname(file), entry.originalSource);
      return texts.get(source)?.[entry.originalLine] ?? '';
    };
    return { sources, behind, lines: (await packed.read(file)).split('\n') };
  }

  it('keeps the names of functions, also of those that nobody exports', async () => {
    const texts = await Promise.all(modules.map((file) => packed.read(file)));
    const maps = await Promise.all(modules.map(mapOf));
    const sources = new Set(maps.flatMap((map) => map.sources));
    expect(sources.size).toBeGreaterThan(200);
    const functions = new Set<string>();
    for (const source of sources) {
      const text = (await linesOf(source)).join('\n');
      for (const [, name = ''] of text.matchAll(/^(?:async )?function (\w+)/gm))
        functions.add(name);
    }
    expect(functions.size).toBeGreaterThan(100);
    const code = texts.join('\n');
    expect([...functions].filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
  });

  it('keeps statements on lines of their own, and the comments that give their reasons', async () => {
    const texts = await Promise.all(modules.map((file) => packed.read(file)));
    const lines = texts.join('\n').split('\n');
    expect(lines.filter((line) => line.split(/;(?=\s*\S)/).length > 3)).toEqual([]);
    expect(lines.filter((line) => /^\s*\/\/ [A-Z]/.test(line)).length).toBeGreaterThan(30);
  });

  it('has source maps that lead to published sources only, and hold no text of them a second time', async () => {
    expect(modules.length).toBeGreaterThan(10);
    const named = new Set<string>();
    for (const file of modules) {
      const { sourcesContent, sources } = JSON.parse(
        await packed.read(`${file}.map`),
      ) as SourceMapPayload;
      expect(sourcesContent).toBeUndefined();
      for (const source of sources) named.add(path.join(path.dirname(file), source));
      expect(await packed.read(file)).toContain(`sourceMappingURL=${path.basename(file)}.map`);
    }
    const published = packed.files.filter((file) => file.startsWith('src/'));
    expect(named.size).toBeGreaterThan(600);
    expect([...named].filter((source) => !published.includes(source))).toEqual([]);
  });

  it('leads from everything that it throws and declares to the line that was written', async () => {
    let checked = 0;
    const wrong: string[] = [];
    for (const file of modules) {
      const { lines, behind } = await mapOf(file);
      for (const [line, text] of lines.entries()) {
        const found = /(?<=\bthrow )new \w+\(|(?<=^(?:async )?(?:function|class) )\w+/.exec(text);
        if (found === null || found[0].startsWith('__')) continue;
        checked += 1;
        const written = behind(line, found.index);
        if (!written.includes(found[0])) wrong.push(`${file}:${line + 1} ${text} <- ${written}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(400);
  });

  it('shows the lines of the sources in a stack trace, with --enable-source-maps', async () => {
    const printed = await packed.node(
      `const { minorUnits } = ${load}('nestjs-glomopay');
       const shown = (call) => { try { call(); } catch (error) { console.log(error.stack.split('\\n').find((line) => /^ +at /.test(line))); } };
       shown(() => minorUnits('ten', 'USD'));
       shown(() => minorUnits('9007199254740993', 'USD'));`,
      format,
      ['--enable-source-maps'],
    );
    const money = 'src/values/money.ts';
    const [grammar, range] = printed.split('\n');
    expect(grammar).toContain(await placeOf(money, 'An amount in ${currency} is digits'));
    expect(range).toContain(await placeOf(money, 'The amount is beyond safe integers'));
  });

  it('prints the line that throws when nothing catches it, with --enable-source-maps', async () => {
    const script = `const { minorUnits } = ${load}('nestjs-glomopay'); minorUnits('ten', 'USD');`;
    const failed = await packed
      .node(script, format, ['--enable-source-maps'])
      .then(() => ({ stderr: '' }))
      .catch((error: { stderr: string }) => error);
    const [place = '', line = ''] = failed.stderr.split('\n');
    const [, file = '', number = ''] = /nestjs-glomopay\/(src\/.+\.ts):(\d+)$/.exec(place) ?? [];
    expect(file).toBe('src/values/money.ts');
    expect((await packed.read(file)).split('\n')[Number(number) - 1]).toBe(line);
    expect(line).toMatch(/throw new/);
  });

  it('shows them across bundles: from an option that is wrong to where it is refused', async () => {
    const printed = await packed.node(
      `require('reflect-metadata');
       const { GlomopayModule } = require('nestjs-glomopay');
       const { NestFactory } = require('@nestjs/core');
       NestFactory.createApplicationContext(GlomopayModule.forRoot({ secretKey: '' }), { abortOnError: false, logger: false })
         .catch((error) => console.log(error.stack));`.replaceAll(
        /require\(('[\w@/-]+')\)/g,
        `${load}($1)`,
      ),
      format,
      ['--enable-source-maps'],
    );
    const source = 'src/config/option-checks.ts';
    expect(printed).toContain(await placeOf(source, 'new GlomopayConfigurationError(this.faults)'));
    expect(printed).not.toMatch(/nestjs-glomopay\/dist/);
  });
});
