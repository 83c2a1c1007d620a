import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const workspace = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string): string => readFileSync(posix.join(workspace, path), 'utf8');

/** What runs something for each of its rows, and is no spec. */
const MATRICES = new Set(['test/hosts/cells.mjs', 'test/fleet/invariants.mjs']);

interface Row {
  readonly question: string;
  readonly cells: readonly string[];
}

function rowsOf(page: string): readonly Row[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:Question|-)/.test(line))
    .map((line) => {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return { question: cells[0] ?? '', cells };
    });
}

const targetsOf = (cell = ''): readonly string[] =>
  [...cell.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) =>
    posix.join('docs', target.replace(/#.*/, '')),
  );

/** What is wrong with the rows; links and headings are followed for every page by the test of citations. */
function faultsOf(rows: readonly Row[]): readonly string[] {
  return rows.flatMap(({ question, cells }) => {
    const [, answer = '', page, test] = cells;
    const isWhole = cells.length === 4 && cells.every((cell) => cell !== '');
    const tests = targetsOf(test);
    return [
      ...(isWhole ? [] : [`${question}: a cell is missing`]),
      ...(answer.split(/[.?!](?: |$)/).length > 4 ? [`${question}: the answer is long`] : []),
      ...(targetsOf(page).length === 0 ? [`${question}: no page`] : []),
      ...(tests.length === 0 ? [`${question}: no test`] : []),
      ...tests.filter((path) => !isTest(path)).map((path) => `${question}: ${path} tests nothing`),
    ];
  });
}

function isTest(path: string): boolean {
  if (!existsSync(posix.join(workspace, path))) return false;
  if (MATRICES.has(path)) return true;
  return path.endsWith('spec.ts') && /^\s*it(?:\.each)?[(<]/m.test(read(path));
}

describe('docs/enterprise.md', () => {
  const page = read('docs/enterprise.md');

  it('answers every question, with a page and a test that is there', () => {
    const rows = rowsOf(page);
    expect(rows.length).toBeGreaterThan(40);
    expect(new Set(rows.map(({ question }) => question)).size).toBe(rows.length);
    expect(faultsOf(rows)).toEqual([]);
  });

  it.each([
    ['| Why? | Because. | [a](money.md) |', 'Why?: a cell is missing'],
    ['| Why? | | [a](money.md) | [b](../test/hosts/cells.mjs) |', 'Why?: a cell is missing'],
    ['| Why? | Because. | a page | [b](../test/hosts/cells.mjs) |', 'Why?: no page'],
    [
      '| Why? | Because. | [a](money.md) | [b](../test/nowhere.e2e-spec.ts) |',
      'Why?: test/nowhere.e2e-spec.ts tests nothing',
    ],
    [
      '| Why? | Because. | [a](money.md) | [b](../test/hosts/run.mjs) |',
      'Why?: test/hosts/run.mjs tests nothing',
    ],
  ])('may not say %j', (row, fault) => {
    expect(faultsOf(rowsOf(row))).toContain(fault);
  });
});
