import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './source-file.js';

/** A page, perhaps followed by a comma and a heading of it; not the end of an address. */
const CITATION = /(?<![\w/:.-])((?:\.{1,2}\/)*[\w-]+(?:\/[\w-]+)*\.md)\b(?:, ([A-Z][^.;:)(]*))?/g;
/** A numbered section, and what stands before it, which should be the name of a standard. */
const SECTION = /(.{0,40})(?:§ ?|\b[Ss]ections? )\d/g;
const STANDARD = /\b(?:RFC|NIST|FIPS|ISO|ECMA|PCI)\b/;

/** Citations in comments that lead nowhere: no such page, no such heading on it, no document at all. */
export function citationFaults(
  files: readonly SourceFile[],
  pages: readonly SourceFile[],
): readonly string[] {
  const headings = new Map(pages.map((page) => [page.path, headingsOf(page)]));
  return files.flatMap((file) => {
    const comments = commentsOf(file);
    return [
      ...[...comments.matchAll(CITATION)].flatMap(([, page = '', heading]) => {
        const found = pageFor(file, page, headings);
        if (found === undefined) return [`${file.path}: there is no ${page}`];
        if (heading === undefined || found.some((known) => beginsWith(heading, known))) return [];
        return [`${file.path}: ${page} has no heading ${heading.trim()}`];
      }),
      ...[...comments.matchAll(SECTION)]
        .filter(([, before = '']) => !STANDARD.test(before))
        .map(([cited]) => `${file.path}: a section of no document: ${cited.trim()}`),
    ];
  });
}

/** The headings of the page that is meant: a path from the file's folder, or from one around it. */
function pageFor(
  { path }: SourceFile,
  page: string,
  headings: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const found = headings.get(posix.join(folder, page));
    if (found !== undefined || folder === '.') return found;
  }
}

function beginsWith(text: string, heading: string): boolean {
  return text.startsWith(heading) && !/^\w/.test(text.slice(heading.length));
}

/** The headings of a page, without those that stand in a piece of code. */
export function headingsOf({ text }: SourceFile): readonly string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading.trim());
}

/** All comments of a file as one running text. */
export function commentsOf({ path, text }: SourceFile): string {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const pieces: string[] = [];
  const visit = (node: ts.Node): void => {
    // What stands before a token and is not code is blank or comment, documentation included.
    if (ts.isTokenKind(node.kind)) pieces.push(text.slice(node.pos, node.getStart(source)));
    else for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return pieces
    .flatMap((piece) => piece.split('\n'))
    .map((line) =>
      line
        .trim()
        .replace(/^(?:\/\*\*?|\*\/|\*|\/\/)/, '')
        .replace(/\*\/$/, '')
        .trim(),
    )
    .filter((line) => line !== '')
    .join(' ');
}
