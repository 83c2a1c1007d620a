/**
 * `node build.mjs`: bundles what `tsc` has written to `dist/compiled`, unless nothing has changed.
 * `node build.mjs <compiled> <dist>`: bundles from and to other folders.
 */
import { readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { writeEntryFields } from './manifest.mjs';

const library = fileURLToPath(new URL('..', import.meta.url));
const [compiled, dist] = process.argv.slice(2);
if (compiled !== undefined && dist !== undefined) await bundleTo(compiled, dist);
else await build();

async function build() {
  await writeEntryFields(path.join(library, 'package.json'));
  const own = path.join(library, 'dist');
  const done = path.join(own, '.bundled');
  const sources = [path.join(own, 'compiled'), path.join(library, 'build')];
  const changes = await Promise.all(sources.map(lastChange));
  if ((await changedAt(done)) > Math.max(...changes)) return;
  await bundleTo(path.join(own, 'compiled'), own);
  await writeFile(done, '');
}

/** Its packages take longer to load than everything else here takes to find nothing to do. */
async function bundleTo(from, to) {
  const { bundle } = await import('./bundle.mjs');
  await bundle(from, to);
}

async function lastChange(folder) {
  const files = await readdir(folder, { recursive: true });
  const times = await Promise.all(files.map((file) => changedAt(path.join(folder, file))));
  return Math.max(...times);
}

async function changedAt(file) {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
