import { GlomopayConfigurationError } from '../../errors/configuration.error.js';
import { optional, whole, type Row } from './row.js';
import type { TableNames } from './sql/table-names.js';

/** The databases that have tables of ours. */
export type Dialect = 'postgres' | 'sqlite' | 'mysql';

/** The version of the tables that this version of the library makes. */
export const SCHEMA_VERSION = 3;

const NO_NAMES = { schema: undefined, tablePrefix: '' } as const;

/** One step of a schema. A version that was released never changes. */
export interface SchemaVersion {
  readonly statements: readonly string[];
  /** The oldest version whose library still works with these tables; it is kept in the database. */
  readonly compatibleFrom: number;
}

/**
 * How far the tables have come, 0 where there are none, by the rows of `glomopay_migrations`.
 *
 * @throws {GlomopayConfigurationError} a newer version has made them, and this one cannot use them.
 */
export function schemaReached(rows: readonly Row[]): number {
  const newest = Math.max(0, ...rows.map((row) => whole(row, 'version')));
  const needed = Math.max(
    0,
    ...rows
      .filter((row) => whole(row, 'version') > SCHEMA_VERSION)
      .map((row) => optional(whole, row, 'compatible_from') ?? whole(row, 'version')),
  );
  if (needed > SCHEMA_VERSION) {
    throw new GlomopayConfigurationError([
      `store: its tables have schema version ${newest}, made by a newer nestjs-glomopay; this one has version ${SCHEMA_VERSION}, and version ${needed} is the oldest that can use them. Install the newer one`,
    ]);
  }
  return newest;
}

/** @throws {GlomopayConfigurationError} the tables are missing or too old. */
export function assertSchema(
  reached: number,
  dialect: Dialect,
  { schema, tablePrefix }: Pick<TableNames, 'schema' | 'tablePrefix'> = NO_NAMES,
): void {
  if (reached >= SCHEMA_VERSION) return;
  const fault =
    reached === 0
      ? 'its tables are missing'
      : `its tables have schema version ${reached}, and this nestjs-glomopay needs ${SCHEMA_VERSION}`;
  const place = [
    schema === undefined ? '' : ` --schema "${schema}"`,
    tablePrefix === '' ? '' : ` --table-prefix ${tablePrefix}`,
  ].join('');
  throw new GlomopayConfigurationError([
    `store: ${fault}; leave the option migrate on, or run what \`npx nestjs-glomopay migrations --dialect ${dialect} --from ${reached}${place}\` prints`,
  ]);
}

/**
 * The statements that bring tables of a version to the newest one.
 *
 * @param oldest The version of the first step: what a database began with.
 */
export function statementsFrom(
  reached: number,
  first: string,
  versions: readonly SchemaVersion[],
  oldest = 1,
): string[] {
  const steps = versions.flatMap(({ statements, compatibleFrom }, index) => {
    const version = index + oldest;
    return version <= reached ? [] : [...statements, recorded(version, compatibleFrom)];
  });
  return reached === 0 ? [first, ...steps] : steps;
}

/** The column for the oldest version came with version 3. */
function recorded(version: number, compatibleFrom: number): string {
  return version < 3
    ? `INSERT INTO glomopay_migrations (version, applied_at) VALUES (${version}, CURRENT_TIMESTAMP)`
    : `INSERT INTO glomopay_migrations (version, applied_at, compatible_from)
      VALUES (${version}, CURRENT_TIMESTAMP, ${compatibleFrom})`;
}
