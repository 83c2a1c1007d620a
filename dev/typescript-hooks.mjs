import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import { swcOptions } from './swc-options.mjs';

/** `./x.js` is `./x.ts`, and our packages are their sources, as `paths` of `tsconfig.json` says. */
export async function resolve(specifier, context, next) {
  const source = sourceOf(specifier, context.parentURL);
  if (source === undefined || !existsSync(source)) return next(specifier, context);
  return { url: source.href, format: 'module', shortCircuit: true };
}

/** Compiles without looking at types, so that a start takes no longer than the code. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), { ...swcOptions, swcrc: false });
  return { format: 'module', source: code, shortCircuit: true };
}

function sourceOf(specifier, parent) {
  if (/^\..*\.js$/.test(specifier)) return new URL(specifier.replace(/\.js$/, '.ts'), parent);
  const [, name, entry = ''] =
    /^(nestjs-glomopay|glomopay-sandbox)(\/[a-z-]+)?$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  return new URL(`../libs/${name}/src${entry}/index.ts`, import.meta.url);
}
