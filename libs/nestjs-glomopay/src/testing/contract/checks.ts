import assert from 'node:assert/strict';
import { witnesses } from '../../tracking/store/history-line.js';
import { aKey, anIntent, aSettlement, sooner, upTo, type ContractCase } from './harness.js';

const HOUR_MS = 3_600_000;

/** What `claimDue` and `reschedule` promise. */
export const checks: readonly ContractCase[] = [
  {
    name: 'claims what is due, the longest due first, and counts a check',
    async check({ store }) {
      for (const [requestId, dueMs] of Object.entries({ b: -2_000, c: -1_000, a: -3_000 })) {
        await store.insert(anIntent({ requestId }), dueMs);
      }
      await store.insert(anIntent({ requestId: 'later' }), HOUR_MS);
      await store.insert(anIntent({ requestId: 'foreign', account: 'emea' }), -9_000);
      const before = await store.find(aKey('a'));
      const two = await store.claimDue('default', 2, HOUR_MS);
      assert.deepEqual(
        two.map(({ requestId }) => requestId),
        ['a', 'b'],
      );
      const [first] = two;
      assert.deepEqual(first, { ...before, checks: 1, nextCheckAt: first?.nextCheckAt });
      const leaseMs = (first.nextCheckAt?.getTime() ?? 0) - first.createdAt.getTime();
      assert.ok(leaseMs >= HOUR_MS && leaseMs < HOUR_MS + 60_000);
      assert.deepEqual(await store.find(aKey('a')), first);
      assert.deepEqual(
        (await store.claimDue('default', 10, HOUR_MS)).map(({ requestId }) => requestId),
        ['c'],
      );
    },
  },
  {
    name: 'gives no record to two claimers',
    async check({ store, another }) {
      const other = await another();
      await Promise.all(upTo(60).map((n) => store.insert(anIntent({ requestId: `${n}` }), -1_000)));
      const taken = await Promise.all(
        upTo(10).map((n) => (n % 2 === 0 ? store : other).claimDue('default', 5, HOUR_MS)),
      );
      const rest = await store.claimDue('default', 100, HOUR_MS);
      const ids = [...taken.flat(), ...rest].map(({ requestId }) => requestId);
      assert.equal(ids.length, 60);
      assert.equal(new Set(ids).size, 60);
    },
  },
  {
    name: 'gives a record again when its lease has run out, not before',
    async check({ store, another }) {
      const other = await another();
      await store.insert(anIntent(), -1_000);
      assert.equal((await store.claimDue('default', 1, 1)).length, 1);
      const [again] = await sooner(() => other.claimDue('default', 1, HOUR_MS));
      assert.equal(again?.checks, 2);
      for (const one of [store, other]) {
        assert.equal((await one.claimDue('default', 1, HOUR_MS)).length, 0);
      }
    },
  },
  {
    name: 'claims nothing that has its outcome or waits for a person',
    async check({ store }) {
      const states = ['succeeded', 'failed', 'mismatch', 'needs_attention'] as const;
      for (const state of states) {
        await store.insert(anIntent({ requestId: state, subjectId: `order_${state}` }), -1_000);
        await store.settle(aKey(state), aSettlement({ state }, { nextCheckMs: -1_000 }));
        await store.reschedule(aKey(state), -1_000);
        assert.equal((await store.find(aKey(state)))?.nextCheckAt, null);
      }
      await store.insert(anIntent({ requestId: 'open' }), HOUR_MS);
      await store.settle(
        aKey('open'),
        aSettlement({ state: 'attempted' }, { nextCheckMs: -1_000 }),
      );
      assert.deepEqual(
        (await store.claimDue('default', 10, HOUR_MS)).map(({ requestId }) => requestId),
        ['open'],
      );
    },
  },
  {
    name: 'settles a record that a sweeper has claimed meanwhile',
    async check({ store }) {
      await store.insert(anIntent(), -1_000);
      const [claimed] = await store.claimDue('default', 1, HOUR_MS);
      const settled = await store.settle(aKey(), aSettlement({ state: 'succeeded' }));
      assert.equal(settled?.after.checks, 1);
      assert.deepEqual(settled.before, claimed);
      assert.equal(settled.after.version, (claimed?.version ?? 0) + 1);
    },
  },
  {
    name: 'reschedules a check to sooner or later, and nothing else',
    async check({ store }) {
      const { record } = await store.insert(anIntent(), HOUR_MS);
      await store.reschedule(aKey(), -1_000);
      assert.deepEqual(await store.find(aKey()), {
        ...record,
        nextCheckAt: (await store.find(aKey()))?.nextCheckAt,
      });
      assert.equal((await store.claimDue('default', 1, 0)).length, 1);
      await store.reschedule(aKey(), HOUR_MS);
      assert.equal((await store.claimDue('default', 1, 0)).length, 0);
      await store.reschedule(aKey('unknown'), 0);
      await store.reschedule(aKey('a\0b'), 0);
    },
  },
  {
    name: 'names the accounts whose checks are due, and claims none by that',
    async check({ store, another }) {
      const none = await store.accountsDue();
      if (none === undefined) return; // It need not know; each account is asked then.
      assert.deepEqual(none, []);
      for (const account of ['emea', 'default', 'apac']) {
        await store.insert(anIntent({ account }), -1_000);
        await store.insert(
          anIntent({ account, requestId: 'second', subjectId: 'order_2' }),
          -1_000,
        );
      }
      await store.insert(anIntent({ account: 'later' }), HOUR_MS);
      await store.insert(anIntent({ account: 'ended' }), -1_000);
      await store.settle(aKey('request-1', 'ended'), aSettlement({ state: 'succeeded' }));
      const due = async () => (await (await another()).accountsDue())?.toSorted();
      assert.deepEqual(await due(), ['apac', 'default', 'emea']);
      assert.equal((await store.claimDue('apac', 10, HOUR_MS)).length, 2);
      assert.deepEqual(await due(), ['default', 'emea']);
    },
  },
  {
    name: 'names the accounts with records that need a person, whoever has them open',
    async check({ store, another }) {
      const none = await store.accountsLeft();
      if (none === undefined) return; // It need not know.
      assert.deepEqual(none, []);
      const left = { state: 'needs_attention', reason: 'no_outcome' } as const;
      for (const account of ['emea', 'ended', 'apac']) {
        for (const requestId of ['request-1', 'second']) {
          await store.insert(anIntent({ account, requestId }), HOUR_MS);
          const change = account === 'ended' ? ({ state: 'failed' } as const) : left;
          await store.settle(aKey(requestId, account), aSettlement(change));
        }
      }
      await store.insert(anIntent({ account: 'open' }), -1_000);
      const told = async () => (await (await another()).accountsLeft())?.toSorted();
      assert.deepEqual(await told(), ['apac', 'emea']);
      for (const requestId of ['request-1', 'second']) {
        await store.settle(aKey(requestId, 'apac'), aSettlement({ state: 'failed' }));
      }
      assert.deepEqual(await told(), ['emea']);
    },
  },
  {
    name: 'names the accounts with histories as old as it is asked for, until those are purged',
    async check({ store, another }) {
      const soon = new Date(Date.now() + HOUR_MS);
      const none = await store.accountsToPurge(soon);
      if (none === undefined) return; // It need not know.
      assert.deepEqual(none, []);
      for (const account of ['emea', 'apac']) {
        for (const requestId of ['request-1', 'second']) {
          await store.insert(anIntent({ account, requestId }), HOUR_MS);
          const settlement = aSettlement({ state: 'failed' }, { witness: witnesses.check });
          await store.settle(aKey(requestId, account), settlement);
          await store.unwatch(aKey(requestId, account));
        }
      }
      const told = async (before: Date) =>
        (await (await another()).accountsToPurge(before))?.toSorted();
      assert.deepEqual(await told(soon), ['apac', 'emea']);
      assert.deepEqual(await told(new Date(Date.now() - HOUR_MS)), []);
      assert.equal(await store.purge('apac', soon), 2);
      assert.deepEqual(await told(soon), ['emea']);
    },
  },
];
