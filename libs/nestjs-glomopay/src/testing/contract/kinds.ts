import assert from 'node:assert/strict';
import type { TrackedKey, TrackedKind } from '../../tracking/store/tracked-record.js';
import { aKey, anIntent, aSettlement, everyKind, upTo, type ContractCase } from './harness.js';

const HOUR_MS = 3_600_000;

/** What every method promises of movements of several kinds. */
export const kinds: readonly ContractCase[] = [
  {
    name: 'keeps the same requestId of several kinds as several records',
    async check({ store, another }) {
      for (const [amount, kind] of everyKind.entries()) {
        const intent = anIntent({ kind, amount, subjectId: `subject_${kind}`, exclusive: false });
        const { record, inserted } = await store.insert(intent, HOUR_MS);
        assert.equal(inserted, true);
        assert.equal(record.kind, kind);
        assert.equal((await store.insert(intent, 0)).inserted, false);
      }
      const other = await another();
      for (const [amount, kind] of everyKind.entries()) {
        const found = await other.find(keyOf(kind));
        assert.deepEqual([found?.kind, found?.amount, found?.exclusive], [kind, amount, false]);
      }
      const together = await Promise.all(
        everyKind.map((kind) => store.insert(anIntent({ kind, requestId: 'together' }), HOUR_MS)),
      );
      assert.deepEqual(
        together.map(({ record, inserted }) => [record.kind, inserted]),
        everyKind.map((kind) => [kind, true]),
      );
    },
  },
  {
    name: 'settles, reschedules and claims the record of the kind that is meant',
    async check({ store }) {
      for (const kind of everyKind) {
        await store.insert(anIntent({ kind, subjectId: `subject_${kind}` }), HOUR_MS);
      }
      const objectId = 'refund_1';
      const settled = await store.settle(
        keyOf('refund'),
        aSettlement({ state: 'failed', objectId }),
      );
      assert.equal(settled?.after.kind, 'refund');
      await store.reschedule(keyOf('refund'), -1_000);
      await store.reschedule(keyOf('collection'), -1_000);
      const claimed = await store.claimDue('default', 10, HOUR_MS);
      assert.deepEqual(
        claimed.map(({ kind, checks }) => [kind, checks]),
        [['collection', 1]],
      );
      assert.deepEqual(
        await Promise.all(everyKind.map(async (kind) => (await store.find(keyOf(kind)))?.state)),
        ['created', 'failed', 'created'],
      );
      assert.deepEqual(await store.findByObject('default', objectId), settled.after);
      assert.equal((await store.find(keyOf('payment')))?.checks, 0);
    },
  },
  {
    name: 'lists movements of every kind together: of a subject, and for a person',
    async check({ store }) {
      for (const kind of everyKind) {
        await store.insert(anIntent({ kind, subjectId: 'payt_1', exclusive: false }), HOUR_MS);
        const change = { state: 'needs_attention', reason: 'no_outcome' } as const;
        if (kind !== 'payment') await store.settle(keyOf(kind), aSettlement(change));
      }
      assert.deepEqual(kindsOf(await store.findBySubject('default', 'payt_1')), everyKind);
      assert.deepEqual(
        kindsOf(await store.needingAttention('default', everyKind, 10)),
        everyKind.slice(1),
      );
      assert.deepEqual(await store.counts('default', everyKind), { needsAttention: 2, open: 1 });
    },
  },
  {
    name: 'counts and lists for a person only the kinds that are asked for',
    async check({ store }) {
      for (const [n, kind] of everyKind.entries()) {
        for (const index of upTo(n + 1)) {
          const { record } = await store.insert(
            anIntent({ kind, requestId: `${index}`, subjectId: null }),
            HOUR_MS,
          );
          const change = { state: 'needs_attention', reason: 'no_outcome' } as const;
          if (index > 0) await store.settle(record, aSettlement(change));
        }
      }
      const counted = async (...some: TrackedKind[]) => {
        const { needsAttention, open } = await store.counts('default', some);
        const listed = await store.needingAttention('default', some, 10);
        assert.equal(listed.length, needsAttention);
        assert.ok(listed.every(({ kind }) => some.includes(kind)));
        return [needsAttention, open];
      };
      assert.deepEqual(await counted('payment'), [0, 1]);
      assert.deepEqual(await counted('refund'), [1, 1]);
      assert.deepEqual(await counted('collection', 'payment'), [2, 2]);
      assert.deepEqual(await counted(), [0, 0]);
      const [first] = await store.needingAttention('default', ['collection'], 1);
      assert.equal(first?.requestId, '1');
    },
  },
  {
    name: 'takes an order for paid whatever kind of movement has paid it',
    async check({ store }) {
      await store.insert(anIntent({ kind: 'collection' }), HOUR_MS);
      await store.insert(anIntent(), HOUR_MS);
      await store.settle(keyOf('collection'), aSettlement({ state: 'succeeded' }));
      let paid: boolean | undefined;
      await store.settle(
        aKey(),
        aSettlement({}, { decide: (_, around) => void (paid = around.paidAlready) }),
      );
      assert.equal(paid, true);
    },
  },
  {
    name: 'lets a subject that is not exclusive succeed again and again',
    async check({ store }) {
      const seen: boolean[] = [];
      for (const requestId of ['first', 'second', 'third']) {
        await store.insert(anIntent({ requestId, subjectId: 'sub_1', exclusive: false }), 0);
        const settled = await store.settle(
          aKey(requestId),
          aSettlement(
            {},
            {
              decide(_, { paidAlready }) {
                seen.push(paidAlready);
                return { state: 'succeeded' };
              },
            },
          ),
        );
        assert.equal(settled?.after.state, 'succeeded');
      }
      assert.deepEqual(seen, [false, false, false]);
    },
  },
  {
    name: 'gives an object of the gateway to one record, also when two kinds want it',
    async check({ store }) {
      await store.insert(anIntent(), HOUR_MS);
      await store.insert(anIntent({ kind: 'collection', subjectId: 'order_2' }), HOUR_MS);
      const change = { state: 'attempted', objectId: 'payt_1' } as const;
      await store.settle(aKey(), aSettlement(change));
      await assert.rejects(store.settle(keyOf('collection'), aSettlement(change)));
      assert.equal((await store.findByObject('default', 'payt_1'))?.kind, 'payment');
    },
  },
];

function kindsOf(records: readonly TrackedKey[]): TrackedKind[] {
  return records.map(({ kind }) => kind);
}

function keyOf(kind: TrackedKind): TrackedKey {
  return { ...aKey(), kind };
}
