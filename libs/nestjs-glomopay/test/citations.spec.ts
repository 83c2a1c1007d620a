import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { citationFaults, commentsOf } from './citations.js';
import { linkFaults } from './page-links.js';
import { filesBelow, pathsBelow } from './source-file.js';

const workspace = fileURLToPath(new URL('../../..', import.meta.url));
const pages = filesBelow(workspace, ['.md']);
const sources = filesBelow(workspace, ['.ts', '.mjs', '.js']).filter(({ text }) =>
  // The quick look: parsing is dear, and most files cite nothing.
  /\.md\b|§|[Ss]ection/.test(text),
);

const faultsOf = (text: string, path = 'libs/nestjs-glomopay/src/planted.ts'): readonly string[] =>
  citationFaults([{ path, text }], pages);

describe('the comments of the workspace', () => {
  it('cite documents and headings that are in the repository', () => {
    const comments = sources.map((source) => commentsOf(source)).join(' ');
    expect(comments.split('docs/gateway.md, ').length).toBeGreaterThan(15);
    expect(citationFaults(sources, pages)).toEqual([]);
  });

  it.each([
    ['/** Body of `POST /orders` (docs/gateway.md, Orders). */\nconst order = 1;'],
    ['/**\n * Compared (docs/gateway.md, Amounts\n * and currencies).\n */\nconst order = 1;'],
    ['const order = 1; // docs/gateway.md, Request ids: why it is looked up'],
    ['const order = 1;\n// See README.md; also ../README.md.'],
    ['// RFC 8785 §3.2.2.2 and RFC 7231, section 7.1.3'],
    ['// https://example.test/docs/nowhere.md'],
    ["const page = 'docs/nowhere.md'; const text = `// docs/nowhere.md ${page}`;"],
  ])('may say %j', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each([
    ['/** Why: docs/nowhere.md. */\nconst order = 1;', 'there is no docs/nowhere.md'],
    ['const order = 1; // design.md', 'there is no design.md'],
    ['const orders = [\n  1, // design.md\n];', 'there is no design.md'],
    ['/* docs/gateway.md, Moon landings */', 'docs/gateway.md has no heading Moon landings'],
    ['/* docs/gateway.md, Order */', 'docs/gateway.md has no heading Order'],
    ['/** Amounts (contract section 2). */\nconst order = 1;', 'a section of no document: '],
    ['// As §4.1 has it', 'a section of no document: '],
  ])('may not say %j', (text, fault) => {
    expect(faultsOf(text)).toEqual([
      expect.stringContaining(`libs/nestjs-glomopay/src/planted.ts: ${fault}`),
    ]);
  });
});

describe('the pages of the workspace', () => {
  const paths = pathsBelow(workspace);

  it('link to files, folders and headings that are there', () => {
    expect(pages.length).toBeGreaterThan(10);
    expect(linkFaults(pages, paths)).toEqual([]);
  });

  it.each([
    ['[a page](docs/nowhere.md)', 'docs/nowhere.md'],
    ['[a folder](docs/nowhere)', 'docs/nowhere'],
    ['[a heading](docs/gateway.md#moon-landings)', 'docs/gateway.md#moon-landings'],
    ['# Here\n[a heading](#there)', '#there'],
  ])('may not link as in %j', (text, target) => {
    expect(
      linkFaults([...pages, { path: 'PLANTED.md', text }], new Set([...paths, 'PLANTED.md'])),
    ).toEqual([`PLANTED.md: there is no ${target}`]);
  });
});
