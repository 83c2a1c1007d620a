import { OptionChecks } from '../config/option-checks.js';
import { TableNames } from '../tracking/store/sql/table-names.js';
import { checkedPlace } from '../tracking/store/sql/table-place.js';

/** Where and how a `PostgresTrackingStore` keeps its tables. */
export interface PostgresStoreOptions {
  /**
   * The schema of the tables, which must be there: letters, digits, `_`, `-` and spaces, as the catalogue
   * spells it. Nothing else of the `search_path` is looked at then.
   * @defaultValue the first schema of the connection's `search_path`
   */
  readonly schema?: string;
  /**
   * Stands before the name of every table, index and constraint (`shop_` makes
   * `shop_glomopay_movements`): up to 24 letters, digits and `_`. @defaultValue none
   */
  readonly tablePrefix?: string;
}

/** What a store makes of its options. */
export interface PostgresStoreSettings {
  readonly names: TableNames;
}

/** @throws {GlomopayConfigurationError} an option that is none, or that cannot be used. */
export function checkedStoreOptions(options: unknown): PostgresStoreSettings {
  const checks = new OptionChecks();
  const given = checks.group('PostgresTrackingStore', options, ['schema', 'tablePrefix']);
  const place = checkedPlace(checks, 'PostgresTrackingStore', given);
  checks.assertNone();
  return { names: postgresNames(place) };
}

/** Names as Postgres writes them. */
export function postgresNames(place: ConstructorParameters<typeof TableNames>[0]): TableNames {
  return new TableNames(place, { quote: '"' });
}
