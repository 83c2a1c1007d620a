import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { run } from './command.mjs';
import { install } from './install.mjs';

export const nodeVersions = [20, 22, 24];

const isOwn = (major) => process.versions.node.startsWith(`${major}.`);

// Every Node that the cells ask for: the machine's own where it is of that version, else the binary
// that the registry carries. Gives the paths and the full versions by major version.
export async function findNodes(folder, majors, options) {
  const missing = majors.filter((major) => !isOwn(major));
  if (missing.length > 0) await download(folder, missing, options);
  const found = majors.map(async (major) => {
    const binary = isOwn(major) ? process.execPath : path.join(folder, `node_modules/node${major}`);
    const file = isOwn(major) ? binary : path.join(binary, 'bin/node');
    const version = (await run(file, ['--version'])).trim();
    if (!version.startsWith(`v${major}.`)) throw new Error(`${file} is Node ${version}`);
    return [major, { file, version, isOwn: isOwn(major) }];
  });
  return Object.fromEntries(await Promise.all(found));
}

async function download(folder, majors, options) {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const { platform, arch } = process;
  const name = `${platform === 'darwin' ? 'node-bin' : 'node'}-${platform}-${arch}`;
  const packages = majors.map((major) => `node${major}@npm:${name}@${major}`);
  await install(folder, packages, options);
}
