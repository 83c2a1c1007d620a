import { describe, expect, it } from '@jest/globals';
import { leavesNewerRowsAlone } from '../../test/newer-rows.js';
import { isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import { drizzleStack, openPostgres, pgStack, typeOrmStack } from '../../test/postgres-stacks.js';
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import type { TrackingStoreHarness } from '../testing/contract/harness.js';
import { trackingStoreContract } from '../testing/tracking-store-contract.js';

/** A session that a host has set against us. */
const HOSTILE = [
  'default_transaction_isolation=serializable',
  'synchronous_commit=off',
  'timezone=Asia/Kolkata',
  'datestyle=SQL',
  'intervalstyle=iso_8601',
  'extra_float_digits=-15',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

type Opened = TrackingStoreHarness & { run(statement: string): Promise<unknown[]> };

const stacks: Record<string, () => Promise<Opened>> = {
  pg: () => openPostgres(pgStack),
  'pg with nothing prepared and odd session settings': () =>
    openPostgres((config) => pgStack(config, { prepare: false }), HOSTILE),
  TypeORM: () => openPostgres(typeOrmStack),
  Drizzle: () => openPostgres(drizzleStack),
};

if (await isPostgresThere()) {
  for (const [stack, open] of Object.entries(stacks)) {
    describe(`PostgresTrackingStore through ${stack}`, () => {
      for (const { name, run } of trackingStoreContract(open)) it(name, run);

      leavesNewerRowsAlone(async () => {
        const harness = await open();
        return { harness, run: (statement) => harness.run(statement) };
      });

      it('does not take a transaction for committed that a swallowed failure has ended', async () => {
        const { store, close } = await open();
        try {
          await store.migrate();
          const { record } = await store.insert(anIntent(), 0);
          const settlement = aSettlement(
            { state: 'succeeded' },
            {
              async effect(_before, _after, tx) {
                const query: unknown = Reflect.get(
                  Object(tx),
                  stack === 'Drizzle' ? 'execute' : 'query',
                );
                if (typeof query !== 'function') throw new Error('no such method');
                await query('SELECT 1 / 0').catch(() => undefined);
              },
            },
          );
          await expect(store.settle(aKey(), settlement)).rejects.toThrow();
          expect(await store.find(aKey())).toEqual(record);
        } finally {
          await close();
        }
      });
    });
  }
} else {
  describe.skip(`PostgresTrackingStore (skipped: no ${postgresPlace})`, () => {
    it('passes the contract through pg, TypeORM and Drizzle', () => undefined);
  });
}
