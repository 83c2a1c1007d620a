import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import { openPostgres, pgStack } from '../../test/postgres-stacks.js';
import { aKey, anIntent, aSettlement, upTo } from '../testing/contract/harness.js';
import { aConclusion, anEvent, aProgress, claimed } from '../testing/contract/inbox-harness.js';
import { trackingStoreContract } from '../testing/tracking-store-contract.js';
import { witnesses } from '../tracking/store/history-line.js';
import { morePostgresPartitions, postgresPartitions } from './partitions.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;
const HOUR_MS = 3_600_000;

/** A schema whose tables are partitioned: this month and the next are in partitions of their own. */
async function openPartitioned() {
  const harness = await openPostgres(pgStack);
  await harness.store.migrate();
  const from = new Date(Date.now() - 24 * HOUR_MS);
  await harness.run(['BEGIN', ...postgresPartitions({ from, months: 3 }), 'COMMIT'].join(';'));
  return harness;
}

suite(`Partitioned tables (${postgresPlace})`, () => {
  describe('pass the contract', () => {
    for (const { name, run } of trackingStoreContract(openPartitioned)) it(name, run);
  });

  describe('with rows in several partitions', () => {
    let harness: Awaited<ReturnType<typeof openPartitioned>>;
    beforeAll(async () => {
      harness = await openPartitioned();
    });
    afterAll(() => harness.close());

    it('keep rows of the time before, take those of every month, and know them all', async () => {
      const { inbox } = harness.store;
      const events = upTo(4).map((n) => anEvent(`month ${n}`));
      for (const [n, event] of events.entries()) {
        await inbox.insert(event);
        const back = `interval '${n * 31} days'`;
        await harness.run(`UPDATE glomopay_events SET received_at = received_at - ${back}
          WHERE id = '${event.id}'`);
      }
      const parts = await harness.run(
        'SELECT DISTINCT tableoid::regclass::text AS part FROM glomopay_events',
      );
      expect(parts.length).toBeGreaterThan(1);
      for (const event of events) {
        expect(await inbox.insert(event)).toBe(false);
        const claim = await claimed(inbox, event);
        await inbox.commit(claim, 'Shop.ship', async () => undefined);
        await inbox.conclude(claim, aConclusion({ handlers: [aProgress()] }));
        expect((await inbox.find(event))?.handlers).toEqual([aProgress()]);
      }
      expect(await inbox.list('default', { limit: 10 })).toHaveLength(4);
      expect(await inbox.purge('default', new Date(Date.now() - 20 * 24 * HOUR_MS))).toBe(3);
      expect((await inbox.list('default', { limit: 10 })).map(({ id }) => id)).toEqual([
        events[0]?.id,
      ]);
    });

    it('forget no line of history that is at the same place of another partition', async () => {
      const { store } = harness;
      for (const requestId of ['old', 'young']) {
        await store.insert(anIntent({ requestId, subjectId: requestId }), HOUR_MS);
        const settlement = aSettlement({ state: 'failed' }, { witness: witnesses.check });
        await store.settle(aKey(requestId), settlement);
      }
      await harness.run(`
        UPDATE glomopay_history SET at = at - interval '40 days' WHERE request_id = 'old';
        UPDATE glomopay_movements SET updated_at = updated_at - interval '40 days'
          WHERE request_id = 'old'`);
      const places = await harness.run(
        'SELECT ctid::text AS place, tableoid::text AS part FROM glomopay_history',
      );
      expect(new Set(places.map((row) => Reflect.get(Object(row), 'part'))).size).toBe(2);
      expect(await store.purge('default', new Date(Date.now() - 24 * HOUR_MS))).toBe(1);
      expect(await store.history(aKey('old'))).toEqual([]);
      expect(await store.history(aKey('young'))).toHaveLength(1);
    });

    it('take further months, and lose a dropped one without forgetting its keys', async () => {
      const { inbox } = harness.store;
      const from = new Date(Date.now() + 200 * 24 * HOUR_MS);
      await harness.run(morePostgresPartitions({ from, months: 2 }).join(';'));
      const event = anEvent('dropped');
      await inbox.insert(event);
      await inbox.conclude(await claimed(inbox, event), aConclusion());
      await harness.run(`UPDATE glomopay_events SET received_at = received_at - interval '90 days'
        WHERE id = '${event.id}'`);
      const [{ open }] = (await harness.run(
        `SELECT count(*)::int AS open FROM glomopay_events_before WHERE state <> 'handled'`,
      )) as [{ open: number }];
      expect(open).toBe(0);
      await harness.run('DROP TABLE glomopay_events_before');
      expect(await inbox.find(event)).toBeUndefined();
      expect(await inbox.insert(event)).toBe(false);
      await harness.store.assertMigrated();
    });
  });

  it('are made of a month or more', () => {
    expect(() => postgresPartitions({ from: new Date(), months: 0 })).toThrow(RangeError);
    expect(() => postgresPartitions({ from: new Date('never'), months: 1 })).toThrow(RangeError);
  });
});
