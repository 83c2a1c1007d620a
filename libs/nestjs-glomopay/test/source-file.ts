import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** A file as text, under its path from some folder, with `/` on every system. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const MADE_OR_FOREIGN = new Set(['.data', '.git', 'coverage', 'dist', 'node_modules']);

/** Every file below a folder whose name ends in one of the endings; nothing made or installed. */
export function filesBelow(folder: string, endings: readonly string[]): readonly SourceFile[] {
  return namesBelow(folder)
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => ({
      path: relative(folder, name).split(sep).join('/'),
      text: readFileSync(name, 'utf8'),
    }));
}

/** Every path below a folder, folders included, from that folder on; nothing made or installed. */
export function pathsBelow(folder: string): ReadonlySet<string> {
  const files = namesBelow(folder).map((name) => relative(folder, name).split(sep).join('/'));
  const folders = files.flatMap((file) =>
    [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index)),
  );
  return new Set([...files, ...folders]);
}

function namesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = join(folder, entry.name);
    if (entry.isDirectory()) return MADE_OR_FOREIGN.has(entry.name) ? [] : namesBelow(name);
    return entry.isFile() ? [name] : [];
  });
}
