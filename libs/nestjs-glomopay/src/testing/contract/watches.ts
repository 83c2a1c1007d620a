import assert from 'node:assert/strict';
import { witnesses } from '../../tracking/store/history-line.js';
import { aKey, anIntent, aSettlement, type ContractCase } from './harness.js';

const HOUR_MS = 3_600_000;

/** What `watchMs` and `unwatch` promise: the sweeper can look at what has its outcome. */
export const watches: readonly ContractCase[] = [
  {
    name: 'looks at a record that has its outcome when its settlement says so',
    async check({ store }) {
      await store.insert(anIntent(), 0);
      const success = { state: 'succeeded', fundsAvailable: true, objectId: 'payt_1' } as const;
      const asked: unknown[] = [];
      const watchMs = (record: { readonly state: string; readonly fundsAvailable: boolean }) => {
        asked.push([record.state, record.fundsAvailable]);
        return HOUR_MS;
      };
      const settled = await store.settle(aKey(), aSettlement(success, { watchMs }));
      assert.deepEqual(asked, [['succeeded', true]]);
      const { updatedAt, nextCheckAt } = settled?.after ?? {};
      const pause = (nextCheckAt?.getTime() ?? 0) - (updatedAt?.getTime() ?? 0);
      assert.ok(Math.abs(pause - HOUR_MS) <= 1, `${pause} ms`);
      await store.reschedule(aKey(), -1_000);
      const [claimed] = await store.claimDue('default', 9, HOUR_MS);
      assert.equal(claimed?.state, 'succeeded');
      const last = { complianceStatus: 'approved' };
      const decide = () => last;
      const ended = await store.settle(
        aKey(),
        aSettlement(last, { decide, watchMs: () => undefined }),
      );
      assert.equal(ended?.after.nextCheckAt, null);
    },
  },
  {
    name: 'asks about the watch of no record that waits for an outcome or a person',
    async check({ store }) {
      for (const state of ['attempted', 'needs_attention'] as const) {
        const intent = anIntent({ requestId: state, subjectId: `order_${state}` });
        await store.insert(intent, HOUR_MS);
        const settled = await store.settle(intent, aSettlement({ state }, { watchMs: unexpected }));
        assert.equal(settled?.after.nextCheckAt !== null, state === 'attempted');
      }
    },
  },
  {
    name: 'counts nothing as open that has its outcome and is looked at',
    async check({ store }) {
      for (const state of ['succeeded', 'attempted', 'needs_attention'] as const) {
        const intent = anIntent({ requestId: state, subjectId: `order_${state}` });
        await store.insert(intent, HOUR_MS);
        await store.settle(intent, aSettlement({ state }, { watchMs: () => HOUR_MS }));
      }
      assert.notEqual((await store.find(aKey('succeeded')))?.nextCheckAt, null);
      const counts = await store.counts('default', ['payment']);
      assert.deepEqual(counts, { needsAttention: 1, open: 1 });
    },
  },
  {
    name: 'keeps the history of what is looked at',
    async check({ store }) {
      await store.insert(anIntent(), 0);
      const watchMs = () => HOUR_MS;
      const witness = witnesses.check;
      await store.settle(aKey(), aSettlement({ state: 'succeeded' }, { watchMs, witness }));
      const later = new Date(Date.now() + HOUR_MS);
      assert.equal(await store.purge('default', later), 0);
      await store.unwatch(aKey());
      assert.equal((await store.history(aKey())).length, 1);
      assert.equal(await store.purge('default', later), 1);
    },
  },
  {
    name: 'lets the sweeper look no more at what has its outcome, and at nothing else',
    async check({ store }) {
      for (const state of ['succeeded', 'attempted'] as const) {
        const intent = anIntent({ requestId: state, subjectId: `order_${state}` });
        await store.insert(intent, HOUR_MS);
        const settlement = aSettlement({ state }, { watchMs: overdue, nextCheckMs: -1_000 });
        const before = (await store.settle(intent, settlement))?.after;
        await store.unwatch(intent);
        const nextCheckAt = state === 'attempted' ? (before?.nextCheckAt ?? null) : null;
        assert.deepEqual(await store.find(intent), { ...before, nextCheckAt });
      }
      await store.unwatch(aKey('unknown'));
      await store.unwatch(aKey('a\0b'));
      const due = await store.claimDue('default', 9, HOUR_MS);
      assert.deepEqual(
        due.map(({ requestId }) => requestId),
        ['attempted'],
      );
    },
  },
];

function overdue(): number {
  return -1_000;
}

function unexpected(): never {
  assert.fail('was asked');
}
