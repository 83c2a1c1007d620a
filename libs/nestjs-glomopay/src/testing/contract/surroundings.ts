import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  Surroundings,
  TrackedIntent,
  TrackedKey,
} from '../../tracking/store/tracked-record.js';
import type { TrackingStore } from '../../tracking/store/tracking-store.js';
import { aKey, anIntent, aSettlement, upTo, type ContractCase } from './harness.js';

/** What a settlement is told of the other records of its subject. */
export const surroundings: readonly ContractCase[] = [
  {
    name: 'counts what else has succeeded of the subject and kind, and adds up what is of the currency',
    async check({ store }) {
      const refunds: [requestId: string, amount: number, over?: Partial<TrackedIntent>][] = [
        ['a', 300],
        ['b', 200],
        ['euro', 50, { currency: 'EUR' }],
        ['payment', 7, { kind: 'payment' }],
        ['other subject', 11, { subjectId: 'payt_2' }],
        ['no subject', 13, { subjectId: null }],
        ['other account', 17, { account: 'emea' }],
      ];
      for (const [requestId, amount, over] of refunds) {
        const { record } = await store.insert(aRefund(requestId, { amount, ...over }), 0);
        await store.settle(record, aSettlement({ state: 'succeeded' }));
      }
      for (const state of ['failed', 'attempted'] as const) {
        const { record } = await store.insert(aRefund(state), 0);
        await store.settle(record, aSettlement({ state }));
      }
      await store.insert(aRefund('open'), 0);
      await store.insert(aRefund('open euro', { currency: 'EUR' }), 0);
      const seen = (requestId: string, over: Partial<TrackedKey> = {}) =>
        around(store, { ...aKey(requestId), kind: 'refund', ...over });
      assert.deepEqual(await seen('open'), { count: 3, amount: 500 });
      assert.deepEqual(await seen('a'), { count: 2, amount: 200 });
      assert.deepEqual(await seen('open euro'), { count: 3, amount: 50 });
      const none = { count: 0, amount: 0 };
      assert.deepEqual(await seen('payment', { kind: 'payment' }), none);
      assert.deepEqual(await seen('other subject'), none);
      assert.deepEqual(await seen('no subject'), none);
      assert.deepEqual(await seen('other account', { account: 'emea' }), none);
    },
  },
  ...(['a change', 'none'] as const).map((decision) => ({
    name: `decides on what the settlement has done that it waited for, also when it decides on ${decision}`,
    async check({ store, another }: { store: TrackingStore; another(): Promise<TrackingStore> }) {
      const other = await another();
      const first = (await store.insert(aRefund('first'), 0)).record;
      const second = (await store.insert(aRefund('second', { amount: 1 }), 0)).record;
      const seen: Surroundings['succeeded'][] = [];
      let waiting: Promise<unknown> | undefined;
      await store.settle(
        first,
        aSettlement(
          { state: 'succeeded' },
          {
            async effect() {
              waiting = other.settle(
                second,
                aSettlement(
                  {},
                  {
                    decide(_, { succeeded }) {
                      seen.push(succeeded);
                      return decision === 'none'
                        ? undefined
                        : { gatewayStatus: `${succeeded.count} ${succeeded.amount}` };
                    },
                  },
                ),
              );
              await sleep(100);
            },
          },
        ),
      );
      await waiting;
      assert.deepEqual(seen.at(-1), { count: 1, amount: 1_000 });
      const status = decision === 'none' ? null : '1 1000';
      assert.equal((await store.find(second))?.gatewayStatus, status);
    },
  })),
  {
    name: 'settles also what comes to more than a number can hold, and tells of as much as it can',
    async check({ store }) {
      const most = Number.MAX_SAFE_INTEGER;
      for (const requestId of ['a', 'b', 'c']) {
        await store.insert(aRefund(requestId, { amount: most }), 0);
        const settled = await store.settle(
          { ...aKey(requestId), kind: 'refund' },
          aSettlement({ state: 'succeeded' }),
        );
        assert.equal(settled?.after.state, 'succeeded');
      }
      await store.insert(aRefund('open'), 0);
      const key = { ...aKey('open'), kind: 'refund' } as const;
      assert.deepEqual(await around(store, key), { count: 3, amount: most });
    },
  },
  {
    name: 'tells each of 20 rivals about all that have succeeded before it',
    async check({ store, another }) {
      const other = await another();
      const requestIds = upTo(20).map((n) => `refund ${n}`);
      await Promise.all(requestIds.map((requestId) => store.insert(aRefund(requestId), 0)));
      const settled = await Promise.all(
        requestIds.map((requestId, n) =>
          (n % 2 === 0 ? store : other).settle(
            { ...aKey(requestId), kind: 'refund' },
            aSettlement(
              {},
              {
                decide: (_, { succeeded: { count, amount } }) => ({
                  state: 'succeeded',
                  gatewayStatus: `${String(count).padStart(2, '0')} ${amount}`,
                }),
              },
            ),
          ),
        ),
      );
      assert.deepEqual(
        settled.map((one) => one?.after.gatewayStatus).toSorted(),
        upTo(20).map((n) => `${String(n).padStart(2, '0')} ${n * 1_000}`),
      );
    },
  },
];

function aRefund(requestId: string, over: Partial<TrackedIntent> = {}): TrackedIntent {
  return anIntent({ kind: 'refund', requestId, subjectId: 'payt_1', exclusive: false, ...over });
}

async function around(store: TrackingStore, key: TrackedKey): Promise<Surroundings['succeeded']> {
  const seen: Surroundings['succeeded'][] = [];
  await store.settle(
    key,
    aSettlement({}, { decide: (_, { succeeded }) => void seen.push(succeeded) }),
  );
  const [last] = seen.slice(-1);
  assert.ok(last);
  return last;
}
