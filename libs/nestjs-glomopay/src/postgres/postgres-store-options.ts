import { OptionChecks } from '../config/option-checks.js';
import { TableNames } from '../tracking/store/sql/table-names.js';
import { checkedPlace } from '../tracking/store/sql/table-place.js';

/** How settlements of one order, or of another subject, wait for each other. */
export type PostgresLocks = 'advisory' | 'rows';

const LOCKS: readonly PostgresLocks[] = ['advisory', 'rows'];

/** Where a `PostgresTrackingStore` keeps its tables, and how it uses its database. */
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
  /**
   * By what settlements of one subject, and migrations, wait for each other: by advisory locks of Postgres,
   * or by rows, for databases that speak like Postgres and have none (CockroachDB, YugabyteDB). All
   * processes of a database must have the same. @defaultValue 'advisory'
   */
  readonly locks?: PostgresLocks;
}

/** What a store makes of its options. */
export interface PostgresStoreSettings {
  readonly names: TableNames;
  readonly locks: PostgresLocks;
}

/** @throws {GlomopayConfigurationError} an option that is none, or that cannot be used. */
export function checkedStoreOptions(options: unknown): PostgresStoreSettings {
  const checks = new OptionChecks();
  const given = checks.group('PostgresTrackingStore', options, ['schema', 'tablePrefix', 'locks']);
  const place = checkedPlace(checks, 'PostgresTrackingStore', given);
  const locks = checks.oneOf('PostgresTrackingStore.locks', given['locks'], LOCKS, 'advisory');
  checks.assertNone();
  return { names: postgresNames(place), locks };
}

/** Names as Postgres writes them. */
export function postgresNames(place: ConstructorParameters<typeof TableNames>[0]): TableNames {
  return new TableNames(place, { quote: '"' });
}
