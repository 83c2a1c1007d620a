import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { format as pretty, resolveConfig } from 'prettier';
import { allCells } from './cells.mjs';
import { ecosystems } from './ecosystems.mjs';
import { nodeVersions } from './nodes.mjs';
import { readOptions, usage } from './options.mjs';
import { linesOf, pageOf, totalsOf, writeReport } from './results.mjs';
import { Workplace } from './workplace.mjs';

const page = fileURLToPath(new URL('RESULTS.md', import.meta.url));
const print = (text) => process.stdout.write(`${text}\n`);

// Carries out a cell; one that cannot be set up has failed.
async function carryOutCell({ run, ...cell }, place) {
  const start = Date.now();
  const checks = await run({ place, ...cell }).catch((error) => [
    { title: 'can be set up', failure: error.message },
  ]);
  const { format, nest } = ecosystems[cell.ecosystem] ?? {};
  const result = { ...cell, format, nest, checks, seconds: (Date.now() - start) / 1000 };
  for (const line of linesOf(result)) print(line);
  return result;
}

// Two at a time, from both ends of the list: while one waits for packages, the other one computes.
async function carryOutAll(cells, place) {
  const waiting = [...cells];
  const results = new Map();
  const work = async (take) => {
    for (let cell = take(); cell !== undefined; cell = take()) {
      results.set(cell.name, await carryOutCell(cell, place));
    }
  };
  await Promise.all([work(() => waiting.shift()), work(() => waiting.pop())]);
  return cells.map(({ name }) => results.get(name));
}

async function writePage(results, place) {
  const nodes = Object.fromEntries(
    await Promise.all(nodeVersions.map(async (major) => [major, await place.node(major)])),
  );
  const versions = {};
  for (const name of Object.keys(ecosystems)) {
    const shown = ['@nestjs/core', '@nestjs/config', '@nestjs/axios', 'axios', 'typescript'];
    const { folder } = await place.host(name);
    versions[name] = await Promise.all(
      shown.map(async (one) => {
        const file = path.join(folder, 'node_modules', one, 'package.json');
        return `${one} ${JSON.parse(await readFile(file, 'utf8')).version}`;
      }),
    );
  }
  const text = pageOf(results, { nodes, versions });
  const style = await resolveConfig(page);
  await writeFile(page, await pretty(text, { ...style, filepath: page }));
}

async function main(options) {
  const folder = await mkdtemp(path.join(tmpdir(), 'hosts-'));
  const start = Date.now();
  try {
    const place = new Workplace({ ...options, folder });
    for (const major of nodeVersions) {
      const { version, isOwn } = await place.node(major);
      print(`Node ${major} is ${version}, ${isOwn ? "the machine's own" : 'from the registry'}`);
    }
    const results = await carryOutAll(options.cells, place);
    if (options.cells === allCells) await writePage(results, place);
    if (options.report !== undefined) await writeReport(options.report, results);
    const { numPassedTests, numFailedTests } = totalsOf(results);
    const minutes = ((Date.now() - start) / 60_000).toFixed(1);
    print(`\n${results.length} cells in ${minutes} minutes`);
    print(`${numPassedTests} passed, ${numFailedTests} failed`);
    return numFailedTests === 0 && numPassedTests > 0 ? 0 : 1;
  } finally {
    if (options.keep) print(`the hosts: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) print(usage);
  else if (options.list) for (const { name } of allCells) print(name);
  // What a failed cell has left running must not keep this process.
  else process.exit(await main(options));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
