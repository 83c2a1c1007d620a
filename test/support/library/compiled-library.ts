import { transformFile } from '@swc/core';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = join(root, 'libs/nestjs-glomopay/src');
const cache = join(root, 'node_modules/.cache');

/** The library compiled to plain modules, for child processes that run without Jest. */
export class CompiledLibrary {
  private constructor(readonly directory: string) {}

  static async make(): Promise<CompiledLibrary> {
    await mkdir(cache, { recursive: true });
    const directory = await mkdtemp(join(cache, 'nestjs-glomopay-'));
    await writeFile(join(directory, 'package.json'), '{"type":"module"}');
    const files = await readdir(sources, { recursive: true });
    const modules = files.filter((file) => /(?<!\.spec|\.spec-d)\.ts$/.test(file));
    await Promise.all(modules.map((file) => compile(join(sources, file), directory)));
    return new CompiledLibrary(directory);
  }

  /** For `import()` in a child process. */
  get entry(): string {
    return pathToFileURL(join(this.directory, 'index.js')).href;
  }

  async stop(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function compile(file: string, directory: string): Promise<void> {
  const { code } = await transformFile(file, {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      // As in the published build: nothing of the library needs the metadata of types.
      transform: { legacyDecorator: true, decoratorMetadata: false },
      keepClassNames: true,
    },
    module: { type: 'es6' },
    swcrc: false,
  });
  const target = join(directory, relative(sources, file).replace(/\.ts$/, '.js'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, code);
}
