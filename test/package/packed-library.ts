import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const builder = fileURLToPath(new URL('build-package.mjs', import.meta.url));
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

/**
 * Unpacks the library into a host of its own. The tarball is that of the whole run; a test file that is
 * run by itself makes one.
 */
export async function packLibrary(): Promise<PackedLibrary> {
  const directory = await mkdtemp(path.join(tmpdir(), 'glomopay-host-'));
  const tarball = process.env['PACKED_LIBRARY'] ?? (await packInto(directory));
  await run('tar', ['-xzf', tarball], { cwd: directory });

  const app = path.join(directory, 'app');
  const installed = path.join(app, 'node_modules/nestjs-glomopay');
  await mkdir(path.dirname(installed), { recursive: true });
  await rename(path.join(directory, 'package'), installed);
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
    tarball,
    read: (file) => readFile(path.join(installed, file), 'utf8'),
    node: async (script, format = 'module', flags = []) => {
      const args = [...flags, `--input-type=${format}`, '--eval', script];
      const { stdout } = await run(process.execPath, args, { cwd: app, timeout: 60_000 });
      return stdout.trim();
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function packInto(directory: string): Promise<string> {
  const { stdout } = await run(process.execPath, [builder, directory]);
  return stdout;
}
