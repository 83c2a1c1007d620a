/** What the tables of a store consist of. `column` and `constraint` are named with their table. */
export type TablePartKind = 'table' | 'column' | 'constraint' | 'index' | 'trigger';

/** A part of the tables, and what it is like, in words that can be compared. */
export interface TablePart {
  readonly kind: TablePartKind;
  /** The table it belongs to, as the catalogue has it. */
  readonly table: string;
  readonly name: string;
  readonly is: string;
  /** Whether it can refuse rows, or change them, where the library does not know of it. */
  readonly refuses: boolean;
  /** The SQL that makes it where it is missing, while the application runs. */
  readonly make?: string;
  /** The SQL that takes it away, so that it can be made anew. */
  readonly drop?: string;
}

/** Where the tables of a store are not as this version of the library makes them. */
export interface TableDifference {
  readonly kind: TablePartKind;
  readonly table: string;
  readonly name: string;
  /** `unknown`: it is there, and the library does not make it. */
  readonly problem: 'missing' | 'different' | 'unknown';
  readonly expected?: string;
  readonly found?: string;
  /** SQL that mends it; undefined where a person has to look. */
  readonly mend?: readonly string[];
  /** Something of yours that is in nobody's way: a further index, a column that may be empty. */
  readonly harmless: boolean;
}

/** What a store's tables are like. */
export interface TablesReport {
  readonly dialect: string;
  /** The schema of the tables; undefined where the database has none, or the tables are missing. */
  readonly schema?: string;
  readonly tablePrefix: string;
  /** The version of the tables; 0: there are none. */
  readonly version: number;
  /** The version that this library makes. */
  readonly newest: number;
  /** Against what this library makes for `version`. */
  readonly differences: readonly TableDifference[];
}

/** A store that can say what its tables are like. */
export interface ExaminableTables {
  /**
   * Compares the tables with those that this version of the library makes. Writes nothing that stays: it
   * makes them once more under other names, in a transaction that is rolled back.
   *
   * @throws {GlomopayConfigurationError} they are those of a newer version, or the database takes no writes.
   */
  examineTables(): Promise<TablesReport>;
}

/** What differs, in the order in which the parts are expected; what is unknown comes last. */
export function differencesOf(
  expected: readonly TablePart[],
  found: readonly TablePart[],
): readonly TableDifference[] {
  const there = new Map(found.map((part) => [keyOf(part), part]));
  const known = new Set(expected.map(keyOf));
  const missing = new Set(
    expected
      .filter((part) => part.kind === 'table' && !there.has(keyOf(part)))
      .map(({ name }) => name),
  );
  return [
    ...expected
      // What belongs to a table that is missing is missing with it.
      .filter(({ kind, table }) => kind === 'table' || !missing.has(table))
      .flatMap((part) => difference(part, there.get(keyOf(part)))),
    ...found.filter((part) => !known.has(keyOf(part))).map(unknown),
  ];
}

function difference(expected: TablePart, found: TablePart | undefined): TableDifference[] {
  const { kind, table, name, is, make } = expected;
  if (found?.is === is) return [];
  const about = { kind, table, name, expected: is, harmless: false };
  if (found === undefined) {
    return [{ ...about, problem: 'missing', ...(make === undefined ? {} : { mend: [make] }) }];
  }
  const { drop } = found;
  const mend = make === undefined || drop === undefined ? {} : { mend: [drop, make] };
  return [{ ...about, problem: 'different', found: found.is, ...mend }];
}

function unknown({ kind, table, name, is, refuses }: TablePart): TableDifference {
  return { kind, table, name, problem: 'unknown', found: is, harmless: !refuses };
}

function keyOf({ kind, table, name }: TablePart): string {
  return [kind, table, name].join('\0');
}
