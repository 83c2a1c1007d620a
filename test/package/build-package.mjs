/**
 * Builds and packs the library as it is published. `buildPackage` is what Jest calls before the tests
 * of this folder; `node build-package.mjs <folder>` packs into a folder and prints the tarball's path.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const library = path.join(root, 'libs/nestjs-glomopay');
const run = promisify(execFile);

/** Packs once for all test files, which find the tarball by `PACKED_LIBRARY`. */
export default async function buildPackage() {
  const folder = await mkdtemp(path.join(tmpdir(), 'glomopay-pack-'));
  process.env.PACKED_LIBRARY = await packInto(folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** Builds into folders of its own, so that leftovers of other builds are not packed. */
async function packInto(folder) {
  const staged = path.join(folder, 'staged');
  await mkdir(staged);
  const { files } = JSON.parse(await readFile(path.join(library, 'package.json'), 'utf8'));
  for (const file of ['package.json', ...files]) {
    if (file.startsWith('dist') || !existsSync(path.join(library, file))) continue;
    await cp(path.join(library, file), path.join(staged, file), { recursive: true });
  }
  const compiled = path.join(folder, 'compiled');
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const project = path.join(library, 'tsconfig.lib.json');
  // Types are checked by `npm run types`; here only what the compiler writes counts.
  const to = ['--outDir', compiled, '--tsBuildInfoFile', path.join(folder, 'build-info')];
  await run(process.execPath, [tsc, '-p', project, '--noCheck', ...to], { cwd: root });
  const bundle = path.join(library, 'build/build.mjs');
  await run(process.execPath, [bundle, compiled, path.join(staged, 'dist')]);
  // Built above; the package's own build script knows the workspace only.
  const quiet = ['--ignore-scripts', '--json', '--loglevel=error'];
  await run('npm', ['pack', staged, '--pack-destination', folder, ...quiet], { cwd: folder });
  const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm packed nothing');
  return path.join(folder, tarball);
}

const [, script, folder] = process.argv;
if (script === fileURLToPath(import.meta.url) && folder !== undefined) {
  process.stdout.write(await packInto(folder));
}
