import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format as pretty, resolveConfig } from 'prettier';

const page = fileURLToPath(new URL('RESULTS.md', import.meta.url));

const HEAD = `# Versions that were run

Made by \`node test/versions/run.mjs\`, a line for each row of [rows.mjs](rows.mjs). What a row is stands in [README.md](README.md).

Where a line says "the contract alone", every fact of \`trackingStoreContract()\` was run by a script of a few lines, once for each stack, and not the specs by \`run.mjs\`: libraries of Postgres on PostgreSQL 15 or 17, those of MySQL on MariaDB 10.11. The line of MySQL was run by Jest, without \`run.mjs\`. A run replaces its line.

| Row | What | Version | Tests | Day |
| --- | --- | --- | --- | --- |
`;

// The lines of the page by the name of their row.
async function linesSoFar() {
  const text = await readFile(page, 'utf8').catch(() => '');
  const found = text.matchAll(/^\| `([\w.@-]+)` +\|.*$/gm);
  return new Map([...found].map(([line, name]) => [name, line]));
}

const verdict = ({ passed, failed, fault }) => {
  if (fault !== undefined) return `not run: ${fault}`;
  return failed === 0 ? `${passed} ✓` : `${failed} of ${passed + failed} failed`;
};

// Puts what has been run into the page; a row that was not run this time keeps its line.
export async function note(names, results) {
  const lines = await linesSoFar();
  const day = new Date().toISOString().slice(0, 10);
  for (const result of results) {
    const { name, what, version } = result;
    lines.set(name, `| \`${name}\` | ${what} | ${version} | ${verdict(result)} | ${day} |`);
  }
  const kept = names.flatMap((name) => lines.get(name) ?? []);
  const style = await resolveConfig(page);
  await writeFile(page, await pretty(`${HEAD}${kept.join('\n')}\n`, { ...style, filepath: page }));
}
