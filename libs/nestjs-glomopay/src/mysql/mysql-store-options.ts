import { OptionChecks } from '../config/option-checks.js';
import { TableNames } from '../tracking/store/sql/table-names.js';
import { checkedPlace } from '../tracking/store/sql/table-place.js';

/** How a `MysqlTrackingStore` names its tables. */
export interface MysqlStoreOptions {
  /**
   * Stands before the name of every table and index (`shop_` makes `shop_glomopay_movements`): up to 24
   * letters, digits and `_`. Two stores whose prefixes differ only in capitals do not belong into one
   * database: some servers take them for one. @defaultValue none
   */
  readonly tablePrefix?: string;
}

/** @throws {GlomopayConfigurationError} an option that is none, or that cannot be used. */
export function checkedMysqlNames(options: unknown): TableNames {
  const checks = new OptionChecks();
  const given = checks.group('MysqlTrackingStore', options, ['tablePrefix']);
  const { tablePrefix } = checkedPlace(checks, 'MysqlTrackingStore', {
    tablePrefix: given['tablePrefix'],
  });
  checks.assertNone();
  return mysqlNames(tablePrefix);
}

/** Names as MySQL writes them: the tables are in the database of the connection. */
export function mysqlNames(tablePrefix = ''): TableNames {
  return new TableNames({ tablePrefix }, { quote: '`' });
}
