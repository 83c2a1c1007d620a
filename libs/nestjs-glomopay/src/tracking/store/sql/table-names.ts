import { sqlTokens, type SqlToken } from './sql-tokens.js';
import type { TablePlace } from './table-place.js';

/** How a database writes names. */
export interface NameDialect {
  /** What stands around a name that is not plain. */
  readonly quote: '"' | '`';
}

/** What every table, index and constraint of the library begins with in its statements. */
const OURS = /^glomopay_[a-z0-9_]+$/;
const LITERAL_OF_OURS = /^'glomopay_[a-z0-9_]+'$/;

/**
 * Names that need no quotes: what a database would fold to small letters, or take for a keyword, is
 * quoted. A name of ours is no keyword, whatever its prefix.
 */
const PLAIN = /^[a-z_][a-z0-9_]*$/;

/** Statements are constants of the library: there are some dozens of each store. */
const KEPT = 1_000;

/**
 * Puts the names of a host's choice into statements, which are written with the literal names
 * `glomopay_…`: tables are qualified with the schema and prefixed, indexes and constraints prefixed,
 * and qualified where the database asks for that (`DROP INDEX`). In literals only what is exactly such a
 * name is one: `'glomopay_movements'::regclass`.
 */
export class TableNames {
  readonly schema: string | undefined;
  readonly tablePrefix: string;
  readonly #dialect: NameDialect;
  readonly #texts = new Map<string, string>();

  /** @param place Was checked: see `checkedPlace`. */
  constructor({ schema, tablePrefix = '' }: TablePlace, dialect: NameDialect) {
    this.schema = schema;
    this.tablePrefix = tablePrefix;
    this.#dialect = dialect;
  }

  /** A statement with the names of the host; the same text is rewritten once. */
  in(statement: string): string {
    if (this.schema === undefined && this.tablePrefix === '') return statement;
    const known = this.#texts.get(statement);
    if (known !== undefined) return known;
    const text = this.#rewritten(statement);
    if (this.#texts.size < KEPT) this.#texts.set(statement, text);
    return text;
  }

  /** The name of a table, as the catalogue of the database has it. */
  plain(name: string): string {
    return `${this.tablePrefix}${name}`;
  }

  /** The name of a table, as a statement has it: quoted where it must be, and with its schema. */
  qualified(name: string): string {
    const own = this.unqualified(name);
    return this.schema === undefined ? own : `${this.#quoted(this.schema)}.${own}`;
  }

  /** The same without its schema, as `CREATE INDEX` wants the name of an index. */
  unqualified(name: string): string {
    const own = this.plain(name);
    return PLAIN.test(own) ? own : this.#quoted(own);
  }

  #rewritten(statement: string): string {
    const tokens = sqlTokens(statement);
    const words = tokens.map(({ kind, text }) => (kind === 'comment' ? '' : text.toUpperCase()));
    return tokens.map((token, at) => this.#named(token, words, at)).join('');
  }

  #named({ kind, text }: SqlToken, words: readonly string[], at: number): string {
    if (kind === 'literal' && LITERAL_OF_OURS.test(text)) {
      const name = text.slice(1, -1);
      const isClass = words.slice(at + 1, at + 3).join('') === '::REGCLASS';
      return `'${isClass ? this.qualified(name) : this.plain(name)}'`;
    }
    if (kind !== 'word' || !OURS.test(text)) return text;
    return standsAlone(words.slice(0, at)) ? this.unqualified(text) : this.qualified(text);
  }

  #quoted(name: string): string {
    const { quote } = this.#dialect;
    return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
  }
}

/** What may stand between a keyword and the name that it is about. */
const BETWEEN = new Set(['IF', 'NOT', 'EXISTS', 'CONCURRENTLY', '(']);
const ALONE_AFTER = new Set(['CONSTRAINT', 'TO', 'BY', 'KEY']);

/**
 * Whether a name takes no schema, by what stands before it: a new name (`CREATE INDEX`, `RENAME TO`), a
 * constraint, an index of the table that is named beside it (`INDEXED BY`, `FORCE INDEX (…)`).
 */
function standsAlone(before: readonly string[]): boolean {
  const [verb, last = ''] = before.filter((word) => word !== '' && !BETWEEN.has(word)).slice(-2);
  if (last !== 'INDEX') return ALONE_AFTER.has(last);
  return verb !== 'ALTER' && verb !== 'DROP';
}
