import assert from 'node:assert/strict';
import type { TrackedChange } from '../../tracking/store/tracked-record.js';
import { aKey, anIntent, aSettlement, upTo, type ContractCase, everyKind } from './harness.js';

const HOUR_MS = 3_600_000;

/** What looking up, counting and migrating promise. */
export const lookups: readonly ContractCase[] = [
  {
    name: 'finds by payment and by order, oldest first, within the account',
    async check({ store }) {
      for (const requestId of ['c', 'a', 'b']) await store.insert(anIntent({ requestId }), 0);
      await store.insert(anIntent({ requestId: 'd', subjectId: 'order_2' }), 0);
      await store.insert(anIntent({ account: 'emea' }), 0);
      const change = { state: 'attempted', objectId: 'payt_1' } as const;
      const own = await store.settle(aKey('a'), aSettlement(change));
      const foreign = await store.settle(aKey('request-1', 'emea'), aSettlement(change));
      assert.deepEqual(await store.findByObject('default', 'payt_1'), own?.after);
      assert.deepEqual(await store.findByObject('emea', 'payt_1'), foreign?.after);
      assert.equal(await store.findByObject('default', 'payt_2'), undefined);
      const ofOrder = await store.findBySubject('default', 'order_1');
      assert.deepEqual(
        ofOrder.map(({ requestId }) => requestId),
        ['c', 'a', 'b'],
      );
      assert.deepEqual(await store.findBySubject('emea', 'order_2'), []);
    },
  },
  {
    name: 'finds by subscription, oldest first, within the account',
    async check({ store }) {
      const subscribed = { subjectId: 'sub_1', exclusive: false };
      for (const requestId of ['c', 'a'])
        await store.insert(anIntent({ requestId, ...subscribed }), 0);
      await store.insert(anIntent({ requestId: 'd', subjectId: null }), 0);
      await store.insert(anIntent({ account: 'emea', ...subscribed }), 0);
      const found = await store.findBySubject('default', 'sub_1');
      assert.deepEqual(
        found.map(({ requestId }) => requestId),
        ['c', 'a'],
      );
      assert.deepEqual(await store.findBySubject('default', 'sub_2'), []);
    },
  },
  {
    name: 'finds by reference, the newest first, also where the key is the same text',
    async check({ store }) {
      for (const requestId of ['c', 'a', 'b', 'cart-1'])
        await store.insert(anIntent({ requestId, reference: 'cart-1', subjectId: null }), 0);
      await store.insert(anIntent({ account: 'emea', reference: 'cart-1' }), 0);
      const keys = async (reference: string, limit: number) =>
        (await store.findByReference('default', reference, limit)).map(
          ({ requestId }) => requestId,
        );
      assert.deepEqual((await keys('cart-1', 10)).toSorted(), ['a', 'b', 'c', 'cart-1']);
      assert.deepEqual(await keys('cart-1', 2), ['cart-1', 'b']);
      assert.deepEqual(await keys('cart-2', 2), []);
      assert.deepEqual(await keys('cart-\0', 2), []);
      // Too long for an index of most databases; it has to be written and found all the same.
      const long = Array.from({ length: 2_000 }, (_, at) => at).join();
      await store.insert(anIntent({ requestId: 'd', reference: long }), 0);
      assert.deepEqual(await keys(long, 2), ['d']);
      assert.deepEqual(await keys(`${long}!`, 2), []);
    },
  },
  {
    name: 'counts what waits for an outcome and what needs a person, and lists the latter',
    async check({ store }) {
      const changes: Record<string, TrackedChange> = {
        created: {},
        attempted: { state: 'attempted' },
        given_up: { state: 'needs_attention', reason: 'no_outcome' },
        other_amount: { state: 'mismatch', reason: 'amount_differs' },
        succeeded: { state: 'succeeded' },
        failed: { state: 'failed', reason: 'rejected' },
        contradicted: { state: 'failed', reason: 'terminal_conflict' },
      };
      for (const [requestId, change] of Object.entries(changes)) {
        await store.insert(anIntent({ requestId, subjectId: null }), HOUR_MS);
        await store.settle(aKey(requestId), aSettlement(change, { decide: () => change }));
      }
      await store.insert(anIntent({ account: 'emea' }), HOUR_MS);
      assert.deepEqual(await store.counts('default', everyKind), { needsAttention: 3, open: 2 });
      assert.deepEqual(await store.counts('emea', everyKind), { needsAttention: 0, open: 1 });
      assert.deepEqual(await store.counts('nobody', everyKind), { needsAttention: 0, open: 0 });
      const list = async (limit: number) =>
        (await store.needingAttention('default', everyKind, limit)).map(
          ({ requestId }) => requestId,
        );
      assert.deepEqual(await list(10), ['given_up', 'other_amount', 'contradicted']);
      assert.deepEqual(await list(2), ['given_up', 'other_amount']);
      assert.deepEqual(await store.needingAttention('emea', everyKind, 10), []);
    },
  },
  {
    name: 'forgets nothing when it is migrated again, by 8 at once',
    async check({ store, another }) {
      const { record } = await store.insert(anIntent(), HOUR_MS);
      const others = await Promise.all(upTo(7).map(() => another()));
      await Promise.all([store, ...others].map((one) => one.migrate()));
      assert.deepEqual(await store.find(aKey()), record);
    },
  },
  {
    name: 'closes without a loss while inserts are under way',
    async check({ store, another }) {
      const other = await another();
      const inserts = Promise.all(
        upTo(20).map((n) => other.insert(anIntent({ requestId: `${n}` }), HOUR_MS)),
      );
      await other.close();
      assert.equal((await inserts).length, 20);
      assert.equal((await store.findBySubject('default', 'order_1')).length, 20);
    },
  },
];
