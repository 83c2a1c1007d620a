import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrackedChange } from '../../tracking/store/tracked-record.js';
import type { Settlement } from '../../tracking/store/tracking-store.js';
import { aKey, anIntent, aSettlement, upTo, type ContractCase, everyKind } from './harness.js';

/** What `settle` promises when several want the same. */
export const rivals: readonly ContractCase[] = [
  {
    name: 'runs the effect once for 50 witnesses of one payment at once',
    async check({ store, another, write, written }) {
      const other = await another();
      await store.insert(anIntent(), 0);
      const settlement = aSettlement(
        { state: 'succeeded', objectId: 'payt_1' },
        { effect: (_, after, tx) => write(tx, `version ${after.version}`) },
      );
      const results = await Promise.all(
        upTo(50).map((n) => (n % 2 === 0 ? store : other).settle(aKey(), settlement)),
      );
      assert.equal((await written()).length, 1);
      for (const result of results) assert.deepEqual(result?.after, results[0]?.after);
      const first = results.filter((result) => result?.before.state === 'created');
      assert.equal(first.length, 1);
    },
  },
  {
    name: 'never lets two payments of an order both succeed',
    async check({ store, another, write, written }) {
      const other = await another();
      const pairs = upTo(10).flatMap((order) =>
        upTo(3).map((n) => ({ requestId: `request-${order}-${n}`, subjectId: `order_${order}` })),
      );
      await Promise.all(pairs.map((pair) => store.insert(anIntent(pair), 0)));
      await Promise.all(
        pairs.map(({ requestId, subjectId }, n) =>
          (n % 2 === 0 ? store : other).settle(
            aKey(requestId),
            payment(requestId, (after, tx) =>
              after.state === 'succeeded' ? write(tx, subjectId) : Promise.resolve(),
            ),
          ),
        ),
      );
      assert.deepEqual(
        (await written()).toSorted(),
        upTo(10).map((n) => `order_${n}`),
      );
      assert.deepEqual(await store.counts('default', everyKind), { needsAttention: 20, open: 0 });
    },
  },
  {
    name: 'never runs two settlements of one order at the same time',
    async check({ store, another }) {
      const other = await another();
      let running = 0;
      let most = 0;
      await Promise.all(upTo(6).map((n) => store.insert(anIntent({ requestId: `${n}` }), 0)));
      const effect = async () => {
        most = Math.max(most, (running += 1));
        await sleep(5);
        running -= 1;
      };
      await Promise.all(
        upTo(6).map((n) =>
          (n % 2 === 0 ? store : other).settle(
            aKey(`${n}`),
            aSettlement({ state: 'failed' }, { effect }),
          ),
        ),
      );
      assert.equal(most, 1);
    },
  },
  {
    name: 'takes an order for paid only when another payment of it and of the account succeeded',
    async check({ store }) {
      const seen: boolean[] = [];
      const look = (change: TrackedChange): Settlement<unknown> =>
        aSettlement(change, {
          decide(_, { paidAlready }) {
            seen.push(paidAlready);
            return change;
          },
        });
      await store.insert(anIntent({ account: 'emea' }), 0);
      await store.insert(anIntent({ requestId: 'free', subjectId: null }), 0);
      await store.insert(anIntent({ requestId: 'free too', subjectId: null }), 0);
      for (const requestId of ['one', 'two', 'three']) {
        await store.insert(anIntent({ requestId }), 0);
      }
      await store.settle(aKey('request-1', 'emea'), look({ state: 'succeeded' }));
      await store.settle(aKey('free'), look({ state: 'succeeded' }));
      await store.settle(aKey('free too'), look({ state: 'succeeded' }));
      await store.settle(aKey('one'), look({ state: 'failed' }));
      await store.settle(aKey('two'), look({ state: 'succeeded' }));
      await store.settle(aKey('two'), look({ fundsAvailable: true }));
      await store.settle(aKey('three'), look({ state: 'needs_attention' }));
      assert.deepEqual(seen, [false, false, false, false, false, false, true]);
    },
  },
  {
    name: 'gives a payment of the gateway to one record of an account only',
    async check({ store, write, written }) {
      await store.insert(anIntent(), 0);
      await store.insert(anIntent({ requestId: 'request-2', subjectId: 'order_2' }), 0);
      await store.insert(anIntent({ account: 'emea' }), 0);
      const change = { state: 'succeeded', objectId: 'payt_1' } as const;
      const effect: Settlement<unknown>['effect'] = (_, after, tx) => write(tx, after.requestId);
      await store.settle(aKey(), aSettlement(change, { effect }));
      await assert.rejects(store.settle(aKey('request-2'), aSettlement(change, { effect })));
      assert.equal((await store.find(aKey('request-2')))?.state, 'created');
      assert.deepEqual(await written(), ['request-1']);
      await store.settle(aKey('request-1', 'emea'), aSettlement(change));
    },
  },
];

/** What the tracker does with a payment that has succeeded. */
function payment(
  objectId: string,
  effect: (after: TrackedChange, tx: unknown) => Promise<void>,
): Settlement<unknown> {
  return {
    decide: (_, { paidAlready }) =>
      paidAlready
        ? { objectId, state: 'needs_attention', reason: 'duplicate_charge' }
        : { objectId, state: 'succeeded' },
    effect: (_, after, tx) => effect(after, tx),
    nextCheckMs: 0,
  };
}
