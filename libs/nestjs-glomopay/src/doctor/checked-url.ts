import type { TablePlace } from '../tracking/store/sql/table-place.js';
import { dialectOf, type DialectName } from './dialects.js';
import { UnusableHostError } from './host-file.js';
import { assertSchemas, UNKNOWN_ADDRESS } from './migrations-arguments.js';

/**
 * The address of the database; that of `DATABASE_URL` when none is given.
 *
 * @throws {UnusableHostError} there is none, or it is of no database that is known; says nothing of it.
 */
export function checkedUrl(
  given: string | undefined,
  place: TablePlace,
): { readonly dialect: DialectName; readonly url: string } {
  const url = given ?? process.env['DATABASE_URL'];
  if (url === undefined || url === '') {
    throw new UnusableHostError(
      'no database is named: give --url, --store, or the variable DATABASE_URL',
    );
  }
  const dialect = dialectOf(url);
  if (dialect === undefined) throw new UnusableHostError(UNKNOWN_ADDRESS);
  try {
    assertSchemas(dialect, place);
  } catch (thrown) {
    throw new UnusableHostError(thrown instanceof Error ? thrown.message : '');
  }
  return { dialect, url };
}
