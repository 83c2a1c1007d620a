import { cp, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isThere } from './debian.mjs';
import { command } from './processes.mjs';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = [
  'dev',
  'src',
  'test/support',
  'test/vectors',
  'libs/nestjs-glomopay',
  'libs/glomopay-sandbox',
];
const FILES = ['package.json', 'tsconfig.json', 'jest.base.mjs', 'jest.config.mjs'];

/**
 * A copy of the library beside this repository, with the same packages but for some, which are there in
 * other versions. What they need themselves is what their own manifests ask for.
 */
export async function withPackages(folder, packages) {
  const name = packages.join(' ').replaceAll(/[^\w.-]+/g, '_');
  const others = path.join(folder, `packages-${name}`);
  if (!(await isThere(path.join(others, 'node_modules')))) {
    await mkdir(others, { recursive: true });
    const quiet = [
      '--ignore-scripts',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--legacy-peer-deps',
    ];
    await command('npm', ['install', '--prefix', others, ...quiet, ...packages]);
  }
  // There is one driver in a host, whoever asks for it: its pools are told by their class.
  if (!packages.some((one) => one.startsWith('pg@'))) {
    await rm(path.join(others, 'node_modules/pg'), { recursive: true, force: true });
  }
  // What they leave to their hosts is ours.
  await linkAll(path.join(repository, 'node_modules'), path.join(others, 'node_modules'));
  const copy = path.join(folder, `copy-${name}`);
  await rm(copy, { recursive: true, force: true });
  for (const source of [...SOURCES, ...FILES]) {
    const isCopied = (file) =>
      !/\/(?:node_modules|dist)(?:\/|$)/.test(file.slice(repository.length));
    await cp(path.join(repository, source), path.join(copy, source), {
      recursive: true,
      filter: isCopied,
    });
  }
  await linkAll(path.join(repository, 'node_modules'), path.join(copy, 'node_modules'));
  for (const one of packages.map((each) => each.slice(0, each.lastIndexOf('@')))) {
    await rm(path.join(copy, 'node_modules', one), { recursive: true, force: true });
    await symlink(path.join(others, 'node_modules', one), path.join(copy, 'node_modules', one));
  }
  return copy;
}

// Links what is not there yet. Scopes are folders, since one package of them may be another.
async function linkAll(from, to) {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    if (name.startsWith('@')) await linkAll(path.join(from, name), path.join(to, name));
    else if (!(await isThere(path.join(to, name)))) {
      // A link of an earlier run may lead nowhere.
      await rm(path.join(to, name), { force: true });
      await symlink(path.join(from, name), path.join(to, name));
    }
  }
}
