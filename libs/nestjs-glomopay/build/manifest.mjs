import { readFile, writeFile } from 'node:fs/promises';
import { entryPoints, fileOf } from './entry-points.mjs';

/** The fields of `package.json` that say where an entry point's modules and types are. */
export function entryFields() {
  const exports = entryPoints.map((entry) => [
    entry === '.' ? '.' : `./${entry}`,
    {
      import: {
        types: `./dist/esm/${fileOf(entry)}.d.ts`,
        default: `./dist/esm/${fileOf(entry)}.js`,
      },
      require: {
        types: `./dist/cjs/${fileOf(entry)}.d.ts`,
        default: `./dist/cjs/${fileOf(entry)}.js`,
      },
    },
  ]);
  const named = entryPoints.filter((entry) => entry !== '.');
  return {
    exports: { ...Object.fromEntries(exports), './package.json': './package.json' },
    // For hosts with `moduleResolution: node` (node10), which does not read `exports`.
    main: './dist/cjs/index.js',
    types: './dist/cjs/index.d.ts',
    typesVersions: {
      '*': Object.fromEntries(named.map((entry) => [entry, [`./dist/cjs/${fileOf(entry)}.d.ts`]])),
    },
  };
}

/** Writes the fields where they stand, and only when the list of entry points has changed. */
export async function writeEntryFields(file) {
  const text = await readFile(file, 'utf8');
  const written = `${JSON.stringify({ ...JSON.parse(text), ...entryFields() }, null, 2)}\n`;
  if (written !== text) await writeFile(file, written);
}
