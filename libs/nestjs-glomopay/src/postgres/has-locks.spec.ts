import { describe, expect, it } from '@jest/globals';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';

const POSTGRES = 'PostgreSQL 17.2 on x86_64-pc-linux-gnu, compiled by gcc';
const COCKROACH = 'CockroachDB CCL v24.3.1 (x86_64-pc-linux-gnu, built 2024/12/10)';
const YUGABYTE = 'PostgreSQL 11.2-YB-2.25.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang';

/** A database that says what it is, and has the tables. */
function storeOn(version: string, options = {}): PostgresTrackingStore<never> {
  const query = async (text: string) => {
    if (text.includes('version()')) return [{ version }];
    if (text.includes('has_table_privilege')) return [];
    if (text.includes('to_regclass')) return [{ place: 'public', tables: 'glomopay_migrations' }];
    return [{ version: '3', compatible_from: '3' }];
  };
  const transaction = () => Promise.reject(new Error('nothing is to be written'));
  return new PostgresTrackingStore<never>({ query, transaction }, options);
}

describe('PostgresTrackingStore on a database without advisory locks', () => {
  it.each([COCKROACH, YUGABYTE])('does not start on %s, and says what to give it', async (name) => {
    for (const start of ['migrate', 'assertMigrated'] as const) {
      const started = storeOn(name)[start]();
      await expect(started).rejects.toBeInstanceOf(GlomopayConfigurationError);
      await expect(started).rejects.toThrow("{ locks: 'rows' }");
    }
  });

  it.each([COCKROACH, YUGABYTE])('starts on %s with locks by rows', async (name) => {
    await storeOn(name, { locks: 'rows' }).migrate();
    await storeOn(name, { locks: 'rows' }).assertMigrated();
  });

  it('starts on Postgres', async () => {
    await storeOn(POSTGRES).migrate();
    await storeOn(POSTGRES, { locks: 'advisory' }).assertMigrated();
  });
});

describe('the options of PostgresTrackingStore', () => {
  it.each([[{ lock: 'rows' }], [{ locks: 'row' }], [{ locks: true }], ['rows'], [null]])(
    'are not %j',
    (options) => {
      expect(() => Reflect.construct(PostgresTrackingStore, [{}, options])).toThrow(
        GlomopayConfigurationError,
      );
    },
  );
});
