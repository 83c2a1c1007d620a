import { OptionChecks } from '../config/option-checks.js';

/** How settlements of one order, or of another subject, wait for each other. */
export type PostgresLocks = 'advisory' | 'rows';

const LOCKS: readonly PostgresLocks[] = ['advisory', 'rows'];

/** How a `PostgresTrackingStore` uses its database. */
export interface PostgresStoreOptions {
  /**
   * By what settlements of one subject, and migrations, wait for each other: by advisory locks of Postgres,
   * or by rows, for databases that speak like Postgres and have none (CockroachDB, YugabyteDB). All
   * processes of a database must have the same. @defaultValue 'advisory'
   */
  readonly locks?: PostgresLocks;
}

/** @throws {GlomopayConfigurationError} an option that is none, or has another value than it may. */
export function checkedStoreOptions(options: unknown): Required<PostgresStoreOptions> {
  const checks = new OptionChecks();
  const given = checks.group('PostgresTrackingStore', options, ['locks']);
  const locks = checks.oneOf('PostgresTrackingStore.locks', given['locks'], LOCKS, 'advisory');
  checks.assertNone();
  return { locks };
}
