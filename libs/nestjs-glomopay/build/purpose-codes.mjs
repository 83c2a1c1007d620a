/**
 * `node purpose-codes.mjs`: writes the tables of purpose codes from what we know of the gateway.
 * `node purpose-codes.mjs <folder>`: writes them into another folder.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const facts = '../../../test/contract/facts/purpose-codes.json';
const [folder = fileURLToPath(new URL('../src/values', import.meta.url))] = process.argv.slice(2);

const lists = JSON.parse(await readFile(new URL(facts, import.meta.url), 'utf8'));
for (const [direction, codes] of Object.entries(lists)) {
  await writeFile(path.join(folder, `${direction}-purpose-codes.ts`), moduleOf(direction, codes));
}

function moduleOf(direction, codes) {
  const title = `${direction[0].toUpperCase()}${direction.slice(1)}`;
  const groups = [...new Set(codes.map(({ group }) => group))];
  return `// Written by build/purpose-codes.mjs from test/contract/facts/purpose-codes.json; change those.

/** A purpose code of ${direction}s. */
export type ${title}PurposeCode =
${unionOf(codes.map(({ code }) => code))}

/** A group of purpose codes of ${direction}s. */
export type ${title}PurposeGroup =
${unionOf(groups.filter((group) => group !== null))}

/** The groups, each after a \`=\`, and their codes: code, documents, description. */
export const ${direction}PurposeTable = \`
${groups.map((group) => groupText(group, codes)).join('\n')}
\`;
`;
}

function unionOf(texts) {
  return `${texts.map((each) => `  | '${each}'`).join('\n')};`;
}

/** The codes of a group; those without a group are the last ones and stand under a lonely \`=\`. */
function groupText(group, codes) {
  const own = codes.filter((each) => each.group === group);
  return [`=${group ?? ''}`, ...own.map((each) => rowOf(each))].join('\n');
}

function rowOf({ code, documents, description }) {
  const cells = [code, documents?.join('+') ?? '?', description ?? ''];
  // The table has no way to write these.
  const odd =
    cells.find((cell) => /[|`\\\n]|\$\{/.test(cell)) ?? documents?.find((d) => d.includes('+'));
  if (odd !== undefined) throw new Error(`A purpose code cannot be written: ${odd}`);
  return cells.join('|');
}
