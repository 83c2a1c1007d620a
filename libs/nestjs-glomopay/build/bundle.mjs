import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode, encode } from '@jridgewell/sourcemap-codec';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { entryPoints, fileOf, moduleOf } from './entry-points.mjs';
import { withoutDocstrings } from './without-docstrings.mjs';

/** Characters of a shared file, below which it is merged into another where that changes nothing. */
const SMALLEST = 5_000;
const library = fileURLToPath(new URL('..', import.meta.url));

/**
 * Makes `dist/esm` and `dist/cjs` out of the modules and declarations that `tsc` has written. What
 * entry points share goes into files of their own, so that a class is one class for all entry points
 * of a format.
 *
 * All that the first entry point loads is one file, whoever else has a part of it: every host loads it,
 * and each ES module costs its start the better part of a millisecond, however little is in it.
 */
export async function bundle(compiled, dist) {
  for (const format of ['esm', 'cjs']) {
    await rm(path.join(dist, format), { recursive: true, force: true });
  }
  const modules = await rollup({
    ...options,
    input: inputs(compiled, '.js'),
    plugins: [helpers, mapped, byLine],
  });
  const core = new Set(loadedBy((await modules.generate(output(dist, 'esm'))).output, fileOf('.')));
  const chunks = {
    manualChunks: (id) => (core.has(id) ? 'core' : undefined),
    // What few entry points share is too small for four files of its own: it goes to what has it anyhow.
    experimentalMinChunkSize: SMALLEST,
  };
  await modules.write({ ...output(dist, 'esm'), ...chunks });
  await modules.write({ ...output(dist, 'cjs'), ...chunks });
  await writeFile(path.join(dist, 'cjs/package.json'), '{ "type": "commonjs" }\n');
  const types = await rollup({
    ...options,
    input: inputs(compiled, '.d.ts'),
    plugins: [dts(), tabs],
  });
  await types.write({ ...output(dist, 'cjs', '.d.ts'), format: 'esm', sourcemap: false });
  for (const entry of entryPoints.map(fileOf)) {
    await writeFile(path.join(dist, `esm/${entry}.d.ts`), `export * from '../cjs/${entry}.js';\n`);
  }
}

/** The modules that an entry point loads. */
function loadedBy(bundled, entry) {
  const chunks = bundled.filter(({ type }) => type === 'chunk');
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const loaded = new Set();
  const load = (chunk) => {
    if (chunk === undefined || loaded.has(chunk)) return;
    loaded.add(chunk);
    for (const file of chunk.imports) load(byFile.get(file));
  };
  load(chunks.find(({ name, isEntry }) => isEntry && name === entry));
  return [...loaded].flatMap(({ modules }) => Object.keys(modules));
}

function inputs(compiled, extension) {
  const file = (entry) => path.join(compiled, `${moduleOf(entry)}${extension}`);
  return Object.fromEntries(entryPoints.map((entry) => [fileOf(entry), file(entry)]));
}

function output(dist, format, extension = '.js') {
  const sources = path.join(library, 'src');
  return {
    dir: path.join(dist, format),
    format,
    entryFileNames: `[name]${extension}`,
    chunkFileNames: ({ name }) => `shared/${name.replace(/\.d$/, '')}${extension}`,
    generatedCode: 'es2015',
    minifyInternalExports: false,
    hoistTransitiveImports: false,
    interop: 'auto',
    sourcemap: true,
    // As if the build stood in the library, also when it stands elsewhere.
    sourcemapPathTransform: (source, map) => {
      const below = path.relative(sources, path.resolve(path.dirname(map), source));
      return path.relative(path.dirname(map), path.join(dist, '../src', below));
    },
  };
}

const options = {
  // Packages and built-in modules stay imports; only our own files are bundled.
  external: (id) => id !== 'tslib' && !id.startsWith('.') && !path.isAbsolute(id),
  // Everything is an error, except what the types plugin says of types that a host cannot name, and how
  // many files were merged.
  onLog: (_, { code, message, plugin }) => {
    if (plugin !== 'dts' && code !== 'OPTIMIZE_CHUNK_STATUS') throw new Error(message);
  },
};

/** The compiler's helpers for decorators, once in the bundle instead of once in every module. */
const helpers = {
  name: 'helpers',
  resolveId: (id) =>
    id === 'tslib' ? fileURLToPath(import.meta.resolve('tslib/tslib.es6.mjs')) : null,
};

/** Continues the compiler's source maps, so that those of the bundle lead to the sources. */
const mapped = {
  name: 'mapped',
  load: async (id) => {
    const code = await readFile(id, 'utf8');
    if (path.extname(id) !== '.js') return { code, map: { mappings: '' } };
    const map = JSON.parse(await readFile(`${id}.map`, 'utf8'));
    return withoutDocstrings(code.replace(/^\/\/# sourceMappingURL=.*$/m, ''), map);
  },
};

/**
 * Leaves of a source map what leads to a line: where each line of the bundle begins, and where one
 * goes on with another line of the sources. Every token would make the package a fifth larger.
 */
const byLine = {
  name: 'by-line',
  generateBundle: (_, files) => {
    for (const [name, file] of Object.entries(files)) {
      if (!name.endsWith('.map')) continue;
      const { version, file: of, sources, mappings } = JSON.parse(file.source);
      const lines = decode(mappings).map((positions) => positions.filter(isOnAnotherLine));
      file.source = JSON.stringify({
        version,
        file: of,
        sources,
        names: [],
        mappings: encode(
          lines.map((positions) => positions.map((position) => position.slice(0, 4))),
        ),
      });
    }
  },
};

function isOnAnotherLine([, source, line], index, positions) {
  const [, lastSource, lastLine] = positions[index - 1] ?? [];
  return source !== lastSource || line !== lastLine;
}

const tabs = {
  name: 'tabs',
  renderChunk: (code) => ({
    code: code.replace(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4)),
    map: null,
  }),
};
