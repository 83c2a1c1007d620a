import { checkedUrl } from './checked-url.js';
import type { OpenedTables, OwnTables } from './dialect.js';
import { dialects } from './dialects.js';
import { importedFile, UnusableHostError } from './host-file.js';
import type { ExamineCommand } from './migrations-arguments.js';

/** @throws {UnusableHostError} there is no such store. */
export async function openedTables({ kind, source }: ExamineCommand): Promise<OpenedTables> {
  if (source.from === 'file') return exportedTables(source.file, source.export);
  const { dialect, url } = checkedUrl(source.url, source.place);
  return dialects[dialect].open(url, source.place, kind === 'apply');
}

/** What a host's file exports: a store, or a function that gives one. */
async function exportedTables(file: string, name: string | undefined): Promise<OpenedTables> {
  const exports = await importedFile(file);
  const exported = name === undefined ? (exports['store'] ?? exports['default']) : exports[name];
  const store: unknown = typeof exported === 'function' ? await exported() : exported;
  if (!isExaminable(store)) {
    throw new UnusableHostError(
      `the file exports no store with tables under ${name ?? 'store'}: see --export`,
    );
  }
  return { store, close: () => store.close() };
}

/** By its methods: one of the other build of this library is no instance of our class. */
function isExaminable(value: unknown): value is OwnTables {
  return ['examineTables', 'migrate', 'close'].every(
    (method) => typeof Reflect.get(Object(value), method) === 'function',
  );
}
