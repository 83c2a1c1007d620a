import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const source = path.join(root, 'libs/nestjs-glomopay');
const run = promisify(execFile);

export interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly type: string;
  readonly sideEffects: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The library as a host gets it: built, packed, unpacked into a `node_modules` of its own. */
export interface PackedLibrary {
  readonly manifest: Manifest;
  /** Paths inside the package, sorted. */
  readonly files: readonly string[];
  /** The folder of a host that has the package installed. */
  readonly app: string;
  readonly tarball: string;
  read(file: string): Promise<string>;
  /** Runs a script of either format in plain Node beside the package; gives what it printed. */
  node(script: string, format?: 'module' | 'commonjs', flags?: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

/** Builds into a directory of its own, so that leftovers of other builds are not packed. */
export async function packLibrary(): Promise<PackedLibrary> {
  const directory = await mkdtemp(path.join(tmpdir(), 'glomopay-pack-'));
  const staged = path.join(directory, 'staged');
  await mkdir(staged);
  const { files: published } = JSON.parse(
    await readFile(path.join(source, 'package.json'), 'utf8'),
  ) as { readonly files: readonly string[] };
  for (const file of ['package.json', ...published]) {
    if (file.startsWith('dist') || !existsSync(path.join(source, file))) continue;
    await cp(path.join(source, file), path.join(staged, file), { recursive: true });
  }
  const compiled = path.join(directory, 'compiled');
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const project = path.join(source, 'tsconfig.lib.json');
  const buildInfo = path.join(directory, 'build-info');
  // Types are checked by `npm run types`; here only what the compiler writes counts.
  const to = ['--outDir', compiled, '--tsBuildInfoFile', buildInfo];
  await run(process.execPath, [tsc, '-p', project, '--noCheck', ...to], { cwd: root });
  const bundle = path.join(source, 'build/build.mjs');
  await run(process.execPath, [bundle, compiled, path.join(staged, 'dist')]);
  // Built above; the package's own build script knows the workspace only.
  const quiet = ['--ignore-scripts', '--json', '--loglevel=error'];
  const pack = ['pack', staged, '--pack-destination', directory, ...quiet];
  await run('npm', pack, { cwd: directory });
  const tarball = (await readdir(directory)).find((file) => file.endsWith('.tgz')) ?? '';
  await run('tar', ['-xzf', tarball], { cwd: directory });

  const app = path.join(directory, 'app');
  const installed = path.join(app, 'node_modules/nestjs-glomopay');
  await mkdir(path.dirname(installed), { recursive: true });
  await cp(path.join(directory, 'package'), installed, { recursive: true });
  // Everything else comes from the workspace, found by walking up.
  await symlink(path.join(root, 'node_modules'), path.join(directory, 'node_modules'), 'dir');

  const files = await readdir(installed, { recursive: true, withFileTypes: true });
  return {
    manifest: JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8')) as Manifest,
    files: files
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)))
      .toSorted(),
    app,
    tarball: path.join(directory, tarball),
    read: (file) => readFile(path.join(installed, file), 'utf8'),
    node: async (script, format = 'module', flags = []) => {
      const args = [...flags, `--input-type=${format}`, '--eval', script];
      const { stdout } = await run(process.execPath, args, { cwd: app, timeout: 60_000 });
      return stdout.trim();
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
