import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { install } from './install.mjs';

// The packed sandbox, installed beside the hosts; its gateways run in this process.
export async function installSandbox(folder, tarball, options) {
  await mkdir(folder, { recursive: true });
  const manifest = path.join(folder, 'package.json');
  await writeFile(manifest, '{ "private": true }\n');
  await install(folder, [tarball], options);
  const entry = createRequire(manifest).resolve('glomopay-sandbox');
  const { GlomopaySandbox } = await import(pathToFileURL(entry).href);
  return GlomopaySandbox;
}
