import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pool, type PoolClient } from 'pg';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import { pgAdapter } from './pg.adapter.js';
import type { PostgresStoreOptions } from './postgres-store-options.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';
import { versions } from './schema.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;

describe('The options of PostgresTrackingStore', () => {
  const adapter = { query: async () => [], transaction: async () => Promise.reject(new Error()) };

  it.each([
    [{ schma: 'payments' }, 'does not exist'],
    ['payments', 'must be an object'],
    [null, 'must be an object'],
    [{ schema: 'a"; DROP SCHEMA public CASCADE; --' }, 'PostgresTrackingStore.schema must be'],
    [{ tablePrefix: 'x; --' }, 'PostgresTrackingStore.tablePrefix must be'],
  ])('are refused: %j', (options, fault) => {
    const make = () => new PostgresTrackingStore(adapter, options as PostgresStoreOptions);
    expect(make).toThrow(
      expect.objectContaining({
        code: 'GLOMOPAY_CONFIGURATION',
        message: expect.stringContaining(fault),
      }),
    );
    expect(make).not.toThrow('DROP SCHEMA');
  });

  it('leave room for the longest name of the schema', () => {
    const statements = versions.flatMap((version) => version.statements).join(';');
    const names = statements.match(/\bglomopay_\w+/g) ?? [];
    // What Postgres itself adds to the name of a table: _pkey, and _account_request_id_key at most.
    const longest = Math.max(...names.map((name) => name.length)) + '_pkey'.length;
    expect(longest + 24).toBeLessThanOrEqual(63);
  });
});

suite(`Where PostgresTrackingStore keeps its tables (${postgresPlace})`, () => {
  let schema: PostgresSchema;
  let pool: Pool;
  beforeEach(async () => {
    schema = await aPostgresSchema();
    pool = new Pool({ ...schema.config(), max: 6 });
  });
  afterEach(async () => {
    await pool.end();
    await schema.drop();
  });
  const storeAt = (options: PostgresStoreOptions = {}) =>
    new PostgresTrackingStore(pgAdapter<PoolClient>(pool), options);

  it('is as many places as there are prefixes, and none waits for or sees another', async () => {
    const [shop, other] = [storeAt({ tablePrefix: 'shop_' }), storeAt({ tablePrefix: 'Other_' })];
    await Promise.all([shop.migrate(), other.migrate()]);
    for (const store of [shop, other]) {
      expect((await store.insert(anIntent(), 0)).inserted).toBe(true);
    }
    // Were the locks those of the account and the order alone, this would wait for itself.
    await shop.settle(
      aKey(),
      aSettlement(
        { state: 'succeeded' },
        {
          async effect() {
            await other.settle(aKey(), aSettlement({ state: 'failed' }));
          },
        },
      ),
    );
    expect((await shop.find(aKey()))?.state).toBe('succeeded');
    expect((await other.find(aKey()))?.state).toBe('failed');
    expect(await other.counts('default', ['payment'])).toEqual({ needsAttention: 0, open: 0 });
  });

  it('is one place for stores that name it differently: they wait for each other', async () => {
    const [byPath, byName] = [storeAt(), storeAt({ schema: schema.name })];
    await byPath.migrate();
    await byName.assertMigrated();
    await byPath.insert(anIntent(), 0);
    await byPath.insert(anIntent({ requestId: 'request-2' }), 0);
    let second: Promise<unknown> | undefined;
    await byPath.settle(
      aKey(),
      aSettlement(
        { state: 'succeeded' },
        {
          async effect() {
            second = byName.settle(aKey('request-2'), aSettlement({ state: 'failed' }));
            await waitingForLock();
          },
        },
      ),
    );
    await second;
    expect((await byPath.find(aKey('request-2')))?.state).toBe('failed');

    async function waitingForLock(): Promise<void> {
      for (;;) {
        const { rows } = await schema.host.query(
          `SELECT FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND NOT l.granted AND a.query LIKE $1`,
          [`%"${schema.name}".glomopay_movements%`],
        );
        if (rows.length > 0) return;
        await sleep(10);
      }
    }
  });

  it.each(['migrate', 'assertMigrated'] as const)(
    'must be there before %s, which says how it is made',
    async (start) => {
      const gone = storeAt({ schema: `${schema.name}_gone` });
      await expect(gone[start]()).rejects.toMatchObject({
        code: 'GLOMOPAY_CONFIGURATION',
        message: expect.stringContaining(`CREATE SCHEMA "${schema.name}_gone"`),
      });
      const own = new Pool({ ...schema.config(`-c search_path=${schema.name}_gone`), max: 1 });
      const pathless = new PostgresTrackingStore(pgAdapter<PoolClient>(own));
      await expect(pathless[start]()).rejects.toThrow('no schema of the search_path');
      await own.end();
    },
  );

  it('is named in what is said of tables that are missing', async () => {
    const store = storeAt({ schema: schema.name, tablePrefix: 'shop_' });
    await expect(store.assertMigrated()).rejects.toThrow(
      `--from 0 --schema "${schema.name}" --table-prefix shop_\``,
    );
  });

  it.each(['migrate', 'assertMigrated'] as const)(
    'takes writes, or %s says which setting is against it',
    async (start) => {
      await storeAt().migrate();
      const own = new Pool({ ...schema.config('-c default_transaction_read_only=on'), max: 1 });
      const store = new PostgresTrackingStore(pgAdapter<PoolClient>(own));
      await expect(store[start]()).rejects.toMatchObject({
        code: 'GLOMOPAY_CONFIGURATION',
        message: expect.stringContaining('default_transaction_read_only = on'),
      });
      await own.end();
    },
  );

  it.each(['migrate', 'assertMigrated'] as const)('is no standby: %s says so', async (start) => {
    await storeAt().migrate();
    const { query, transaction } = pgAdapter<PoolClient>(pool);
    const standby = new PostgresTrackingStore<PoolClient>({
      transaction,
      // A standby has every transaction read only, and nobody has set it so.
      query: async (text, params) =>
        (await query(text, params)).map((row) => ({ ...row, read_only: 'on' })),
    });
    await expect(standby[start]()).rejects.toMatchObject({
      code: 'GLOMOPAY_CONFIGURATION',
      message: expect.stringContaining('standby or a read replica'),
    });
  });
});
