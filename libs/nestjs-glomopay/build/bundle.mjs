import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { minify } from 'terser';
import { entryPoints, fileOf, moduleOf } from './entry-points.mjs';

/**
 * Makes `dist/esm` and `dist/cjs` out of the modules and declarations that `tsc` has written. What
 * entry points share goes into files of their own, so that a class is one class for all entry points
 * of a format.
 */
export async function bundle(compiled, dist) {
  for (const format of ['esm', 'cjs']) {
    await rm(path.join(dist, format), { recursive: true, force: true });
  }
  const modules = await rollup({
    ...options,
    input: inputs(compiled, '.js'),
    plugins: [helpers, small],
  });
  await modules.write(output(dist, 'esm', '.js'));
  await modules.write(output(dist, 'cjs', '.cjs'));
  const types = await rollup({
    ...options,
    input: inputs(compiled, '.d.ts'),
    plugins: [dts(), tabs],
  });
  await types.write({ ...output(dist, 'cjs', '.d.cts'), format: 'esm' });
  for (const entry of entryPoints.map(fileOf)) {
    await writeFile(path.join(dist, `esm/${entry}.d.ts`), `export * from '../cjs/${entry}.cjs';\n`);
  }
}

function inputs(compiled, extension) {
  const file = (entry) => path.join(compiled, `${moduleOf(entry)}${extension}`);
  return Object.fromEntries(entryPoints.map((entry) => [fileOf(entry), file(entry)]));
}

function output(dist, format, extension) {
  return {
    dir: path.join(dist, format),
    format,
    entryFileNames: `[name]${extension}`,
    chunkFileNames: ({ name }) => `shared/${name.replace(/\.d$/, '')}${extension}`,
    generatedCode: 'es2015',
    hoistTransitiveImports: false,
    interop: 'auto',
  };
}

const options = {
  // Packages and built-in modules stay imports; only our own files are bundled.
  external: (id) => id !== 'tslib' && !id.startsWith('.') && !path.isAbsolute(id),
  // Everything is an error, except what the types plugin says of types that a host cannot name.
  onLog: (_, { message, plugin }) => {
    if (plugin !== 'dts') throw new Error(message);
  },
};

/** The compiler's helpers for decorators, once in the bundle instead of once in every module. */
const helpers = {
  name: 'helpers',
  resolveId: (id) =>
    id === 'tslib' ? fileURLToPath(import.meta.resolve('tslib/tslib.es6.mjs')) : null,
};

/**
 * Two formats have to fit into the size of one, so comments, spaces and local names go. The names of
 * classes stay, for stack traces and for messages of Nest. Every statement keeps a line of its own,
 * for the line numbers of a stack trace.
 */
const small = {
  name: 'small',
  renderChunk: async (code, _, { format }) => {
    const minified = await minify(code, {
      ecma: 2020,
      // A CommonJS file is strict only by its directive, which would go if it counted as a module.
      module: format === 'es',
      toplevel: true,
      keep_classnames: true,
      format: { semicolons: false },
    });
    return { code: minified.code, map: null };
  },
};

const tabs = {
  name: 'tabs',
  renderChunk: (code) => ({
    code: code.replace(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4)),
    map: null,
  }),
};
