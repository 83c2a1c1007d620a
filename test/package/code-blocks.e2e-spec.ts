import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codeBlocksOf } from './code-blocks.js';
import { type PackedLibrary, packLibrary } from './packed-library.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const sandbox = path.join(root, 'libs/glomopay-sandbox/src/index.ts');

/** Every page that tells a reader what to write. */
async function pages(): Promise<string[]> {
  const docs = (await readdir(path.join(root, 'docs'))).map((name) => path.join('docs', name));
  const libs = (await readdir(path.join(root, 'libs'))).map((name) => `libs/${name}/README.md`);
  return ['README.md', ...libs, ...docs].filter((page) => page.endsWith('.md'));
}

/** Faults by block, in a program of all of them against the library as it is published. */
type Faults = Readonly<Record<string, readonly string[]>>;

const checkerOf = (folder: string): string => `
  import ts from 'typescript';
  import { readdirSync } from 'node:fs';
  process.chdir(${JSON.stringify(folder)});
  const files = readdirSync('.').filter((file) => file.endsWith('.ts'));
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node', 'jest'],
    paths: { 'glomopay-sandbox': [${JSON.stringify(sandbox)}] },
  });
  const faults = (file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start, messageText }) =>
        source.getLineAndCharacterOfPosition(start).line + 1 + ': ' + ts.flattenDiagnosticMessageText(messageText, ' '),
    );
  };
  console.log(JSON.stringify(Object.fromEntries(files.map((file) => [file, faults(file)]))));
`;

const spoiled = `# A page
\`\`\`ts
import { OrdersService } from 'nestjs-glomopay';
declare const orders: OrdersService;
await orders.open('order_1');
\`\`\`
\`\`\`ts
{ provide: 1, useClass: 2 }
\`\`\`
`;

describe('The code of the README and of the documentation', () => {
  let packed: PackedLibrary;
  let faults: Faults;
  const expected: string[] = [];

  beforeAll(async () => {
    packed = await packLibrary();
    const folder = path.join(packed.app, 'pages');
    await mkdir(folder);
    await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
    for (const page of await pages()) {
      await writeBlocks(folder, page, await readFile(path.join(root, page), 'utf8'));
    }
    await writeBlocks(folder, 'spoiled.md', spoiled);
    faults = JSON.parse(await packed.node(checkerOf(folder))) as Faults;
  }, 120_000);
  afterAll(() => packed.remove());

  /** A file for each block: `docs/webhooks.md`, line 8, is `docs-webhooks-8.ts`. */
  async function writeBlocks(folder: string, page: string, text: string): Promise<void> {
    const blocks = codeBlocksOf(text);
    // No fence is passed over because it is written in another way.
    expect(blocks).toHaveLength([...text.matchAll(/^\s*(?:```|~~~)\s*t/gm)].length);
    for (const { line, module } of blocks) {
      const file = `${page.replace(/\.md$/, '').replaceAll('/', '-')}-${line}.ts`;
      expected.push(file);
      await writeFile(path.join(folder, file), module);
    }
  }

  it('is valid TypeScript and has the types of the published library', () => {
    const wrong = Object.entries(faults).filter(
      ([file, found]) => !file.startsWith('spoiled') && found.length > 0,
    );
    expect(Object.fromEntries(wrong)).toEqual({});
  });

  it('is checked block by block, on every page that has some', () => {
    expect(Object.keys(faults).toSorted()).toEqual(expected.toSorted());
    for (const page of ['README-', 'libs-nestjs-glomopay-README-', 'docs-webhooks-']) {
      expect(expected.filter((file) => file.startsWith(page)).length).toBeGreaterThan(3);
    }
  });

  it('would be found out if it called what does not exist, or were no code, on its line', () => {
    expect(faults['spoiled-3.ts']).toEqual([
      "5: Property 'open' does not exist on type 'OrdersService'.",
    ]);
    expect(faults['spoiled-8.ts']?.[0]).toMatch(/^8: /);
  });
});
