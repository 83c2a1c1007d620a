import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import type { PostgresQuery } from './postgres-adapter.js';
import type { PostgresLocks } from './postgres-store-options.js';

/** As their `version()` has it. CockroachDB took an advisory lock for given and gave none, for years. */
const WITHOUT_ADVISORY_LOCKS = { CockroachDB: /CockroachDB/i, YugabyteDB: /-YB-/ };

/** @throws {GlomopayConfigurationError} two settlements of an order would not wait for each other. */
export async function assertHasLocks(query: PostgresQuery, locks: PostgresLocks): Promise<void> {
  if (locks === 'rows') return;
  const [row] = await query('SELECT version() AS version', []);
  const version = String(row?.['version']);
  for (const [name, sign] of Object.entries(WITHOUT_ADVISORY_LOCKS)) {
    if (!sign.test(version)) continue;
    throw new GlomopayConfigurationError([
      `store: this is ${name}, whose advisory locks nothing can be built on; give the store its option: new PostgresTrackingStore(adapter, { locks: 'rows' })`,
    ]);
  }
}
