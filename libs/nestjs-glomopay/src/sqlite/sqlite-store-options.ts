import { OptionChecks } from '../config/option-checks.js';
import { TableNames } from '../tracking/store/sql/table-names.js';
import { checkedPlace } from '../tracking/store/sql/table-place.js';

/** How a `SqliteTrackingStore` names its tables. */
export interface SqliteStoreOptions {
  /**
   * Stands before the name of every table and index (`shop_` makes `shop_glomopay_movements`): up to 24
   * letters, digits and `_`. @defaultValue none
   */
  readonly tablePrefix?: string;
}

/** @throws {GlomopayConfigurationError} an option that is none, or that cannot be used. */
export function checkedSqliteNames(options: unknown): TableNames {
  const checks = new OptionChecks();
  const given = checks.group('SqliteTrackingStore', options, ['tablePrefix']);
  const { tablePrefix } = checkedPlace(checks, 'SqliteTrackingStore', {
    tablePrefix: given['tablePrefix'],
  });
  checks.assertNone();
  return sqliteNames(tablePrefix);
}

/** Names as SQLite writes them: a file has no schemas. */
export function sqliteNames(tablePrefix = ''): TableNames {
  return new TableNames({ tablePrefix }, { quote: '"' });
}
