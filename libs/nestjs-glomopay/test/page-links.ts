import { posix } from 'node:path';
import { headingsOf } from './citations.js';
import type { SourceFile } from './source-file.js';

const LINK = /\]\(([^()\s]+)\)/g;

/** Links of pages that lead to no file, no folder or no heading of the repository. */
export function linkFaults(
  pages: readonly SourceFile[],
  paths: ReadonlySet<string>,
): readonly string[] {
  const anchors = new Map(
    pages.map((page) => [page.path, new Set(headingsOf(page).map((each) => anchorOf(each)))]),
  );
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(LINK)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const page = file === '' ? path : posix.join(posix.dirname(path), file).replace(/\/$/, '');
        return !paths.has(page) || (anchor !== undefined && !anchors.get(page)?.has(anchor));
      })
      .map((target) => `${path}: there is no ${target}`),
  );
}

/** As GitHub makes it: small letters, no punctuation, hyphens for blanks. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}
