import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.mjs';

const libraries = fileURLToPath(new URL('../../libs/', import.meta.url));
const names = ['nestjs-glomopay', 'glomopay-sandbox'];

// Packs both packages as `npm run build` has left them, and gives the paths of their tarballs by name.
export async function packInto(folder) {
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    await run('npm', args, { cwd: path.join(libraries, name) });
  }
  return tarballsIn(folder);
}

// The tarballs in a folder by the name of their package.
export async function tarballsIn(folder) {
  const files = await readdir(folder);
  return Object.fromEntries(
    names.map((name) => {
      const file = files.find((one) => one.startsWith(`${name}-`) && one.endsWith('.tgz'));
      if (file === undefined) throw new Error(`${folder} has no tarball of ${name}`);
      return [name, path.join(folder, file)];
    }),
  );
}
