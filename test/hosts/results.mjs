import { writeFile } from 'node:fs/promises';
import { nodeVersions } from './nodes.mjs';

const failuresOf = ({ checks }) => checks.filter(({ failure }) => failure !== undefined);

// A cell as lines for a person: its checks in number, and each that failed in full.
export function linesOf(result) {
  const { name, checks, seconds } = result;
  const failures = failuresOf(result);
  const passed = checks.length - failures.length;
  const mark = failures.length === 0 ? 'ok    ' : 'FAILED';
  return [
    `${mark} ${name.padEnd(40)} ${passed} of ${checks.length} checks, ${seconds.toFixed(1)} s`,
    ...failures.map(({ title, failure }) => `       ${title}: ${failure}`),
  ];
}

export function totalsOf(results) {
  const failed = results.reduce((sum, result) => sum + failuresOf(result).length, 0);
  const all = results.reduce((sum, { checks }) => sum + checks.length, 0);
  return { numPassedTests: all - failed, numFailedTests: failed };
}

// The whole run as a page: the hosts as a grid, every other cell as a line.
export function pageOf(results, { nodes, versions }) {
  const { numPassedTests, numFailedTests } = totalsOf(results);
  const hosts = results.filter(({ kind }) => kind === 'host');
  const others = results.filter(({ kind }) => kind !== 'host');
  return [
    '# Hosts that the packed library was installed into',
    '',
    `Made by \`npm run test:hosts\`; ${numPassedTests} checks passed, ${numFailedTests} failed. What a number counts is in [README.md](README.md).`,
    '',
    ...table(
      ['Host', ...nodeVersions.map((major) => `Node ${nodes[major].version.slice(1)}`)],
      grid(hosts),
    ),
    '',
    ...table(
      ['Cell', 'What', 'Result'],
      others.map((result) => [`\`${result.name}\``, result.kind, verdict(result)]),
    ),
    '',
    ...table(
      ['Host of', 'Installed'],
      Object.entries(versions).map(([name, packages]) => [name, packages.join(', ')]),
    ),
    '',
  ].join('\n');
}

const formats = { commonjs: 'CommonJS', module: 'ESM' };
const servers = { express: 'Express', fastify: 'Fastify' };

function rowOf({ nest, isOldest, format, server }) {
  const name = `Nest ${nest}${isOldest ? ' at its oldest' : ''}`;
  return `${name}, ${formats[format]}, ${servers[server]}`;
}

function grid(hosts) {
  const rows = new Map();
  for (const host of hosts) {
    const row = rowOf(host);
    rows.set(row, [...(rows.get(row) ?? []), verdict(host)]);
  }
  return [...rows].map(([row, verdicts]) => [row, ...verdicts]);
}

function verdict(result) {
  const failed = failuresOf(result).length;
  const { length } = result.checks;
  return failed === 0 ? `${length} ✓` : `${failed} of ${length} failed`;
}

const line = (cells) => `| ${cells.join(' | ')} |`;

function table(head, rows) {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

export async function writeReport(file, results) {
  await writeFile(file, `${JSON.stringify({ ...totalsOf(results), cells: results })}\n`);
}
