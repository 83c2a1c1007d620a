import type { OptionChecks } from '../../../config/option-checks.js';

/** Where the tables of a store are. */
export interface TablePlace {
  /** The schema; undefined: the one that the connection finds. */
  readonly schema?: string | undefined;
  /** What stands before `glomopay_…`. */
  readonly tablePrefix?: string | undefined;
}

/**
 * Letters, digits, `_`, spaces and hyphens. None of the signs that a database or a library between
 * (`$1`, `?`, `:name`) takes for anything but a name, also though a name is quoted as well.
 */
const SCHEMA = /^[\p{L}_](?:[\p{L}\p{N}_ -]*[\p{L}\p{N}_-])?$/u;
const PREFIX = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** What Postgres does not cut off. */
const LONGEST_NAME = 63;
/** Leaves 39 bytes to names of ours: longer than any, and than those of a version to come. */
export const LONGEST_PREFIX = 24;
/** Reads `schema` and `tablePrefix` of a group of options; what is wrong with them is told to the checks. */
export function checkedPlace(
  checks: OptionChecks,
  option: string,
  given: Readonly<Record<string, unknown>>,
): TablePlace {
  const { schema, tablePrefix } = given;
  if (schema !== undefined && !isSchema(schema)) {
    checks.faults.push(
      `${option}.schema must be a name of letters, digits, _, - and spaces, at most ${LONGEST_NAME} bytes long`,
    );
    return {};
  }
  if (tablePrefix !== undefined && !isPrefix(tablePrefix)) {
    checks.faults.push(
      `${option}.tablePrefix must be letters, digits and _, at most ${LONGEST_PREFIX} of them, and no digit first`,
    );
    return {};
  }
  return { schema, tablePrefix };
}

function isSchema(value: unknown): value is string {
  return (
    typeof value === 'string' && SCHEMA.test(value) && Buffer.byteLength(value) <= LONGEST_NAME
  );
}

/** `sqlite_…` is what SQLite keeps for itself; an empty text is no prefix. */
function isPrefix(value: unknown): value is string {
  if (typeof value !== 'string' || /^sqlite_/i.test(value)) return false;
  return value === '' || (PREFIX.test(value) && value.length <= LONGEST_PREFIX);
}
