import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import semver from 'semver';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
}
interface Bill {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly { readonly name: string; readonly version: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const root = new URL('../../', import.meta.url);
const manifest = JSON.parse(
  readFileSync(new URL('libs/nestjs-glomopay/package.json', root), 'utf8'),
) as Manifest;
const { dependencies, peerDependencies, peerDependenciesMeta } = manifest;
const allows = (name: string, version: string) =>
  semver.satisfies(version, peerDependencies[name] ?? '');

describe('What nestjs-glomopay accepts beside itself', () => {
  it.each(['0.30.4', '1.3.1', '1.14.1', '1.15.1', '1.17.9', '2.0.0', '1.18.0-beta.1'])(
    'is no axios %s: malware, a known hole, or a major that nobody has tried',
    (version) => {
      expect(allows('axios', version)).toBe(false);
    },
  );

  it.each(['1.18.0', '1.21.1'])('is axios %s', (version) => {
    expect(allows('axios', version)).toBe(true);
  });

  it.each([
    ['10.0.0', '3.0.0', '3.0.0'],
    ['10.4.20', '4.0.1', '4.0.4'],
    ['11.0.0', '4.0.1', '4.0.4'],
    ['12.0.0', '12.0.0', '12.0.0'],
  ])('is Nest %s with @nestjs/axios %s and @nestjs/config %s', (nest, http, config) => {
    expect(allows('@nestjs/common', nest)).toBe(true);
    expect(allows('@nestjs/core', nest)).toBe(true);
    expect(allows('@nestjs/axios', http)).toBe(true);
    expect(allows('@nestjs/config', config)).toBe(true);
  });

  it.each(['9.4.3', '13.0.0'])('is no Nest %s', (version) => {
    expect(allows('@nestjs/common', version)).toBe(false);
    expect(allows('@nestjs/core', version)).toBe(false);
  });
});

describe('What glomopay-sandbox installs', () => {
  const sandbox = JSON.parse(
    readFileSync(new URL('libs/glomopay-sandbox/package.json', root), 'utf8'),
  ) as Pick<Manifest, 'dependencies'>;

  // Fastify takes any 6; those from 6.8 on bring a cookie that asks for Node 22, which ends an
  // installation on Node 20 where engines are held strictly.
  it.each(['6.8.0', '6.8.1'])('is no light-my-request %s, which asks for Node 22', (version) => {
    expect(semver.satisfies(version, sandbox.dependencies['light-my-request'] ?? '*')).toBe(false);
  });
});

describe('npm run sbom', () => {
  const printed = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8' });
  const bill = JSON.parse(printed) as Bill;
  const names = bill.components.map(({ name }) => name);

  it('describes the package and not the workspace, as CycloneDX', () => {
    expect(bill.bomFormat).toBe('CycloneDX');
    expect(bill.metadata.component.name).toBe('nestjs-glomopay');
  });

  it('lists what a host gets and has to bring, with all that they need themselves', () => {
    const needed = Object.keys({ ...dependencies, ...peerDependencies }).filter(
      (name) => peerDependenciesMeta[name]?.optional !== true,
    );
    expect(needed.length).toBeGreaterThan(8);
    expect(names).toEqual(expect.arrayContaining(needed));
    const refs = bill.dependencies.map(({ ref }) => ref);
    expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn)).toEqual(
      expect.arrayContaining(refs.slice(1)),
    );
    expect(bill.components).toHaveLength(refs.length - 1);
  });

  it.each(['jest', 'typescript', 'rollup', 'glomopay-sandbox', 'typeorm', 'playwright-core'])(
    'lists nothing of development: no %s',
    (name) => {
      expect(names).not.toContain(name);
    },
  );
});
