/**
 * Prints the bill of materials of the published package (CycloneDX, JSON): what it depends on, and the
 * peers that a host has to install. `npm sbom` describes the whole workspace, whose `--omit dev` also
 * leaves out what another workspace uses for development; so its graph is followed from the package.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const { name, version, dependencies = {}, peerDependencies, peerDependenciesMeta } = manifest;

const args = [
  'sbom',
  '--sbom-format=cyclonedx',
  '--sbom-type=library',
  '--package-lock-only',
  '-w',
];
const bom = JSON.parse(
  execFileSync('npm', [...args, name], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }),
);
const needed = Object.keys({ ...dependencies, ...peerDependencies }).filter(
  (peer) => peerDependenciesMeta[peer]?.optional !== true,
);
const self = `${name}@${version}`;
const edges = new Map(bom.dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
const names = new Map(bom.components.map((component) => [component['bom-ref'], component.name]));
const nameOf = (ref) => ref.slice(0, ref.lastIndexOf('@'));
edges.set(
  self,
  edges.get(self).filter((ref) => needed.includes(names.get(ref) ?? nameOf(ref))),
);

const kept = new Set();
const follow = (ref) => {
  if (kept.has(ref)) return;
  kept.add(ref);
  for (const next of edges.get(ref) ?? []) follow(next);
};
follow(self);

const isSelf = (component) => component['bom-ref'] === self;
const own = {
  ...bom,
  metadata: { ...bom.metadata, component: bom.components.find(isSelf) },
  components: bom.components.filter((part) => !isSelf(part) && kept.has(part['bom-ref'])),
  dependencies: [...kept].map((ref) => ({ ref, dependsOn: edges.get(ref) ?? [] })),
};
process.stdout.write(`${JSON.stringify(own, null, 2)}\n`);
