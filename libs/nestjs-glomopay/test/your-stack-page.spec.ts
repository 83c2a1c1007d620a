import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const read = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const { packages } = JSON.parse(read('package-lock.json')) as {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
};
const hosts = read('test/hosts/RESULTS.md');
const elsewhereRun = read('test/versions/RESULTS.md');

/** `name 1.2.3` of what has been run in a version that is not installed here, and has passed. */
function runElsewhere(results: string): readonly string[] {
  return results.split('\n').flatMap((line) => {
    const [, , what = '', version = '', tests = ''] = line.split('|').map((cell) => cell.trim());
    if (!/^\d+ ✓$/.test(tests)) return [];
    const names = `${what.split(/[ ,]/)[0] ?? ''} ${version}, ${what}`.replaceAll('`', '');
    return [...names.matchAll(NAMED)].map(([, name = '', each = '']) => `${name} ${each}`);
  });
}

/** Their versions are those of the hosts, of which there are several. */
const OF_HOSTS = new Set(['@nestjs/core', 'typescript']);
/** No packages: what the tests of this machine run on, where it says so much, and test/versions the rest. */
const SERVERS: Readonly<Record<string, string>> = {
  PostgreSQL: '15',
  MariaDB: '10.11',
  MySQL: '',
  PgBouncer: '',
};
/** As some rows spell them. */
const SPELLED: Readonly<Record<string, string>> = { TypeORM: 'typeorm', Drizzle: 'drizzle-orm' };

/** `name` 1.2, or name 1.2, and so many `and 1.3` after it. */
const NAMED = /`?([@\w./-]+)`? (\d+(?:\.\d+)+)((?:(?:,| and) \d+(?:\.\d+)+)*)/g;

/** Versions of packages that a line names, where the package is one that we have or a host's. */
function versionsIn(line: string): readonly (readonly [string, string])[] {
  return [...line.matchAll(NAMED)].flatMap(([, spelled = '', first = '', others = '']) => {
    const name = SPELLED[spelled] ?? spelled;
    const isKnown =
      OF_HOSTS.has(name) || name in SERVERS || packages[`node_modules/${name}`] !== undefined;
    const all = [first, ...[...others.matchAll(/\d+(?:\.\d+)+/g)].map(([version]) => version)];
    return isKnown ? all.map((version) => [name, version] as const) : [];
  });
}

function faultsOf(page: string, elsewhere = runElsewhere(elsewhereRun)): readonly string[] {
  return page
    .split('\n')
    .flatMap((line) => versionsIn(line))
    .flatMap(([name, version]) => {
      if (OF_HOSTS.has(name)) {
        const isRun =
          hosts.includes(`${name} ${version},`) || hosts.includes(`${name} ${version} `);
        return isRun ? [] : [`${name} ${version} is in no row of test/hosts/RESULTS.md`];
      }
      if (elsewhere.includes(`${name} ${version}`)) return [];
      const installed = SERVERS[name] ?? packages[`node_modules/${name}`]?.version ?? '';
      if (installed === '') return [`${name} ${version} is in no row of test/versions/RESULTS.md`];
      return `${installed}.`.startsWith(`${version}.`)
        ? []
        : [`${name} ${version}: ${installed} is installed; run its tests, then change the page`];
    });
}

/** The rows of the table of databases. */
function databaseRows(page: string): readonly string[] {
  return page
    .split('\n')
    .filter((line) => line.split(/(?<!\\)\|/).length === 8 && !/^\| (?:ORM|-)/.test(line));
}

describe('docs/your-stack.md', () => {
  const page = read('docs/your-stack.md');

  it('names the versions that are installed here, and those of the hosts', () => {
    expect(page.split('\n').flatMap((line) => versionsIn(line)).length).toBeGreaterThan(20);
    expect(faultsOf(page)).toEqual([]);
  });

  it('names the newest and the oldest Nest of every host, and its compiler', () => {
    const run = [...hosts.matchAll(/(@nestjs\/core|typescript) (\d[\d.]*\d)/g)].map(
      ([, name = '', version = '']) => `${name} ${version}`,
    );
    const named = page
      .split('\n')
      .flatMap((line) => versionsIn(line))
      .map((each) => each.join(' '));
    expect(run.length).toBeGreaterThan(10);
    expect([...new Set(run)].filter((each) => !named.includes(each))).toEqual([]);
  });

  it('names the range of every database library as the manifest has it', () => {
    const { peerDependencies } = JSON.parse(read('libs/nestjs-glomopay/package.json')) as {
      readonly peerDependencies: Readonly<Record<string, string>>;
    };
    const [, section = ''] = page.split('## Which versions are accepted\n');
    const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\S+)` +\| `(.+?)` +\|/gm)];
    const ranges = rows.map(([, name = '', range = '']) => [name, range.replaceAll('\\|', '|')]);
    expect(ranges.length).toBeGreaterThan(12);
    expect(ranges).toEqual(ranges.map(([name = '']) => [name, peerDependencies[name]]));
  });

  it('says of every row of a database what was run, or that it was not', () => {
    const rows = databaseRows(page);
    expect(rows.length).toBeGreaterThan(10);
    const silent = rows.filter(
      (row) => versionsIn(row).length === 0 && !/not run|Node\.js \d/.test(row),
    );
    expect(silent).toEqual([]);
  });

  it.each([
    ['| none | `pg` | PostgreSQL | `pg` 7.1 |', /^pg 7\.1: 8\..* is installed; run its tests/],
    ['| none | `pg` | PostgreSQL | `pg` 8.2 |', /^pg 8\.2: /],
    ['| TypeORM | `pg` | PostgreSQL | TypeORM 0.3 |', /^typeorm 0\.3: /],
    ['| Nest 9 | CommonJS | `@nestjs/core` 9.4.3 |', /^@nestjs\/core 9\.4\.3 is in no row/],
  ])('may not say %j', (row, fault) => {
    expect(faultsOf(row)).toEqual([expect.stringMatching(fault)]);
  });

  it('may name what test/versions has run, and not what has failed there', () => {
    const results = [
      '| `mysql-9` | MySQL of Debian sid | 9.7.4 | 646 ✓ | 2026-11-29 |',
      '| `kysely` | `kysely` 0.27.0 | 0.27.0 | 3 of 100 failed | 2026-11-29 |',
    ].join('\n');
    const faults = faultsOf('MySQL 9.7.4, MySQL 8.0.40, `kysely` 0.27.0', runElsewhere(results));
    expect(faults).toEqual([
      expect.stringMatching(/^MySQL 8\.0\.40 is in no row of test\/versions/),
      expect.stringMatching(/^kysely 0\.27\.0: /),
    ]);
  });
});
