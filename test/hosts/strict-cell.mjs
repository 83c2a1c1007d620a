import assert from 'node:assert/strict';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { carryOut } from './checks.mjs';
import { conversation } from './conversation.mjs';
import { ecosystems } from './ecosystems.mjs';
import { HostFolder } from './host-folder.mjs';
import { talkTo } from './runtime-cell.mjs';
import { entryPointsOf } from './types-cell.mjs';

const scripts = ['preinstall', 'install', 'postinstall', 'prepare'];

// A host whose packages see only what they declare: each lies in a folder of its own, beside links to
// its dependencies and peers and to nothing else.
export async function strictCell({ place, ecosystem, node }) {
  const host = new HostFolder(place.own(`${ecosystem}-strict`), ecosystems[ecosystem]);
  const { typescript, '@types/node': nodeTypes } = host.ecosystem.tools;
  await host.create({
    packages: [await place.library(), ...host.ecosystem.withLibrary, ...host.ecosystem.optional],
    tools: { typescript, '@types/node': nodeTypes },
    options: { ...place.options, flags: ['--install-strategy=linked'] },
  });
  await host.add('app');
  await host.compile();
  const { file } = await place.node(node);
  const args = [path.join(host.folder, 'dist/express.js')];
  return [
    ...(await carryOut(checks, { host, node: file })),
    ...(await talkTo({ place, node: file, args, folder: host.folder, checks: conversation })),
  ];
}

const checks = [
  {
    title: 'loads every entry point from declared packages only',
    check: async ({ host, node }) => {
      const entries = await entryPointsOf(host.folder);
      const load = host.ecosystem.format === 'module' ? 'await import' : 'require';
      const script = entries.map((entry) => `${load}('${entry}');`).join('\n');
      const file = `load.${host.ecosystem.format === 'module' ? 'mjs' : 'cjs'}`;
      await host.write(file, `${script}\n`);
      await host.tool(`../${file}`, [], { node });
    },
  },
  {
    title: 'runs no install script of the library or of what it depends on',
    check: async ({ host }) => {
      const seen = await closureOf(path.join(host.folder, 'node_modules/nestjs-glomopay'));
      assert.ok(seen.length > 1, 'the library has dependencies');
      const running = seen.filter(({ scripts: own = {} }) => scripts.some((name) => name in own));
      assert.deepEqual(
        running.map(({ name }) => name),
        [],
      );
    },
  },
];

// The manifests of a package and of everything it depends on, as its own folder finds them.
async function closureOf(folder, seen = new Map()) {
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  if (seen.has(manifest.name)) return [...seen.values()];
  seen.set(manifest.name, manifest);
  const beside = path.dirname(await realpath(folder));
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    await closureOf(path.join(beside, name), seen);
  }
  return [...seen.values()];
}
