import { parseArgs } from 'node:util';
import { OptionChecks } from '../config/option-checks.js';
import { SCHEMA_VERSION } from '../tracking/store/schema-version.js';
import { checkedPlace, type TablePlace } from '../tracking/store/sql/table-place.js';
import { dialectNames, dialectOf, dialects, type DialectName } from './dialects.js';
import { partitionWish, type PartitionWish } from './partition-wishes.js';

/** What `nestjs-glomopay migrations` was asked to do. */
export type MigrationsCommand = PrintCommand | ExamineCommand;

/** Prints what a DBA runs. */
export interface PrintCommand {
  readonly kind: 'print';
  readonly dialect: DialectName;
  readonly from: number;
  readonly place: TablePlace;
  readonly createSchema: boolean;
  /** Undefined: the tables are left whole. */
  readonly partitions: PartitionWish | undefined;
  /** Each statement by itself, instead of all in one transaction. */
  readonly oneByOne: boolean;
  readonly json: boolean;
}

/** Looks at a database, or changes it. */
export interface ExamineCommand {
  readonly kind: 'check' | 'apply';
  readonly source: StoreSource;
  readonly json: boolean;
  readonly envFile: string | undefined;
}

/** Where the store comes from: an address, or a file of the host's that exports one. */
export type StoreSource =
  | {
      readonly from: 'address';
      /** Undefined: that of `DATABASE_URL`. */
      readonly url: string | undefined;
      readonly place: TablePlace;
      readonly createSchema: boolean;
    }
  | { readonly from: 'file'; readonly file: string; readonly export: string | undefined };

export const migrationsUsage = `
Usage: nestjs-glomopay migrations [print] --dialect <${dialectNames.join('|')}> [--from <version>]
       nestjs-glomopay migrations check [--url <url> | --store <file>]
       nestjs-glomopay migrations apply [--url <url> | --store <file>]

print   the SQL that makes the tables of tracking, for whoever runs it by hand and sets
        migrate: false. --from is the version that the tables have (default: 0, there are none)
check   says which version the tables have, and where they are not as this version makes them:
        tables, columns, types, constraints, indexes. Nothing that it writes stays
apply   brings the tables to this version as an application does at its start, beside running ones,
        then checks them

Options:
  --url <url>          ${Object.values(dialects)
    .map(({ example }) => example)
    .join(' or ')} (default: the variable DATABASE_URL, which
                       no list of processes shows)
  --store <file>       compiled file that exports your TrackingStore, or a function that gives it;
                       the store's own options say how the tables are named
  --export <name>      its name in that file (default: store, then default)
  --schema <name>      schema of the tables (default: the first of the search_path)
  --table-prefix <text>  stands before the names of all tables and indexes
  --create-schema      also creates the schema
  --partition-by month   print also partitions the tables that grow (Postgres), for the months that
                       --first-month names (2027-01; default: the next one) and those after it, as many
                       as --months says in all (default: 12); with --from ${SCHEMA_VERSION} only that
  --one-by-one         print makes the tables (Postgres) from nothing by statements that need no
                       transaction and rename nothing: for CockroachDB, on which none of it was run
  --env-file <file>    read the variables from a file first
  --json               one JSON object

Ends with 0 when all is as it should be, 1 when something differs, 2 when it could not look, or was
called wrongly.
`;

/** @throws {Error} a word is not known, or what it names cannot be used. */
export function migrationsCommand(words: readonly string[]): MigrationsCommand {
  const [first, ...others] = words;
  const verb = verbs.find((known) => known === first);
  if (verb === undefined && first !== undefined && !first.startsWith('-')) {
    throw new Error(`migrations can ${verbs.join(', ')}`);
  }
  const { values, positionals } = parseArgs({
    args: verb === undefined ? [...words] : others,
    // Taken to be refused in words of our own: it may be an address with a password in it.
    allowPositionals: true,
    options: {
      dialect: { type: 'string' },
      from: { type: 'string' },
      url: { type: 'string' },
      store: { type: 'string' },
      export: { type: 'string' },
      schema: { type: 'string' },
      'table-prefix': { type: 'string' },
      'create-schema': { type: 'boolean' },
      'partition-by': { type: 'string' },
      'first-month': { type: 'string' },
      months: { type: 'string' },
      'one-by-one': { type: 'boolean' },
      'env-file': { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  if (positionals.length > 0) throw new Error(`migrations ${verb ?? 'print'} takes options only`);
  const allowed = verb === 'check' || verb === 'apply' ? EXAMINING : PRINTING;
  for (const name of Object.keys(values)) {
    if (allowed.includes(name)) continue;
    throw new Error(`migrations ${verb ?? 'print'} takes ${list(allowed)}, not --${name}`);
  }
  const place = placeOf(values.schema, values['table-prefix']);
  const createSchema = values['create-schema'] ?? false;
  if (createSchema && place.schema === undefined) throw new Error('--create-schema needs --schema');
  const json = values.json ?? false;
  if (verb !== 'check' && verb !== 'apply') {
    const dialect = dialectNames.find((known) => known === values.dialect);
    if (dialect === undefined) throw new Error(`--dialect is ${dialectNames.join(' or ')}`);
    assertSchemas(dialect, place);
    const { 'partition-by': by, 'first-month': firstMonth, months } = values;
    const partitions = partitionWish({ by, firstMonth, months });
    if (partitions !== undefined && dialects[dialect].partitions === undefined) {
      throw new Error(`--partition-by: the tables of ${dialect} are not partitioned`);
    }
    const from = versionOf(values.from);
    const oneByOne = values['one-by-one'] ?? false;
    if (oneByOne && dialects[dialect].oneByOne === undefined) {
      throw new Error(`--one-by-one: those of ${dialect} are so, or are one transaction for good`);
    }
    if (oneByOne && from > 0)
      throw new Error('--one-by-one is for tables from nothing, not --from');
    return { kind: 'print', dialect, from, place, createSchema, partitions, oneByOne, json };
  }
  if (createSchema && verb === 'check')
    throw new Error('--create-schema belongs to print and apply');
  const { url, store: file } = values;
  return { kind: verb, source: sourceOf(), json, envFile: values['env-file'] };

  function sourceOf(): StoreSource {
    if (file === undefined) {
      if (values.export !== undefined) throw new Error('--export needs --store');
      const named = url === undefined ? undefined : dialectOf(url);
      if (url !== undefined && named === undefined) throw new Error(UNKNOWN_ADDRESS);
      if (named !== undefined) assertSchemas(named, place);
      return { from: 'address', url, place, createSchema };
    }
    if (url !== undefined) throw new Error('--url or --store, not both');
    if (values.schema !== undefined || values['table-prefix'] !== undefined) {
      throw new Error('--schema and --table-prefix are options of the store in that file');
    }
    return { from: 'file', file, export: values.export };
  }
}

/** Says nothing of the address that was given: there may be a password in it. */
export const UNKNOWN_ADDRESS = `the address of the database begins with ${Object.values(dialects)
  .flatMap(({ schemes }) => schemes)
  .join(', ')}`;

const verbs = ['print', 'check', 'apply'] as const;
const PLACING = ['schema', 'table-prefix', 'create-schema', 'json'];
const PARTITIONING = ['partition-by', 'first-month', 'months'];
const PRINTING = ['dialect', 'from', 'one-by-one', ...PARTITIONING, ...PLACING];
const EXAMINING = ['url', 'store', 'export', 'env-file', ...PLACING];

function list(names: readonly string[]): string {
  return names.map((name) => `--${name}`).join(', ');
}

function placeOf(schema: string | undefined, tablePrefix: string | undefined): TablePlace {
  const checks = new OptionChecks();
  const place = checkedPlace(checks, '', { schema, tablePrefix });
  const [fault] = checks.faults;
  if (fault !== undefined) {
    throw new Error(
      fault.replace(/^\.schema/, '--schema').replace(/^\.tablePrefix/, '--table-prefix'),
    );
  }
  return place;
}

/** @throws {Error} a schema is asked for where there are none. */
export function assertSchemas(dialect: DialectName, { schema }: TablePlace): void {
  if (schema === undefined || dialects[dialect].createSchema !== undefined) return;
  throw new Error(`--schema: ${dialect} has no schemas; see --table-prefix`);
}

function versionOf(from = '0'): number {
  if (/^\d{1,4}$/.test(from) && Number(from) <= SCHEMA_VERSION) return Number(from);
  throw new Error(`--from is a version, 0 to ${SCHEMA_VERSION}`);
}
