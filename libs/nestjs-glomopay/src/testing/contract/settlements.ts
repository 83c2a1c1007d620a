import assert from 'node:assert/strict';
import type { TrackedRecord } from '../../tracking/store/tracked-record.js';
import { aKey, anIntent, aSettlement, type ContractCase, everyKind } from './harness.js';

/** What `settle` promises about one record. */
export const settlements: readonly ContractCase[] = [
  {
    name: 'settles nothing that it does not know',
    async check({ store }) {
      const settlement = aSettlement({}, { decide: unexpected, effect: unexpected });
      assert.equal(await store.settle(aKey(), settlement), undefined);
      assert.equal(await store.settle(aKey('a\0b'), settlement), undefined);
    },
  },
  {
    name: 'writes the change as one new version and gives the record as it then stands',
    async check({ store, another }) {
      const { record } = await store.insert(anIntent(), 0);
      const change = {
        state: 'attempted',
        objectId: 'payt_1',
        gatewayStatus: 'action_required',
        complianceStatus: 'under_review',
        fundsAvailable: true,
        errorCode: 'SOME_CODE',
        errorDescription: 'Zahlung „offen“ 👍',
      } as const;
      const settled = await store.settle(aKey(), aSettlement(change));
      assert.deepEqual(settled?.before, record);
      const { after } = settled;
      assert.ok(after.updatedAt >= record.updatedAt);
      const { updatedAt, nextCheckAt } = after;
      const version = record.version + 1;
      assert.deepEqual(after, { ...record, ...change, version, updatedAt, nextCheckAt });
      assert.deepEqual(await (await another()).find(aKey()), after);
    },
  },
  {
    name: 'looks again at a record without an outcome after the pause, at no other one',
    async check({ store }) {
      await store.insert(anIntent(), 0);
      const open = (await store.settle(aKey(), aSettlement({ state: 'attempted' })))?.after;
      const pause = (open?.nextCheckAt?.getTime() ?? 0) - (open?.updatedAt.getTime() ?? 0);
      assert.ok(Math.abs(pause - 60_000) <= 1, `${pause} ms`);
      for (const state of ['needs_attention', 'mismatch', 'failed', 'succeeded'] as const) {
        const settled = await store.settle(aKey(), aSettlement({ state }));
        assert.equal(settled?.after.nextCheckAt, null);
      }
    },
  },
  {
    name: 'takes the payment of a record that had failed without one, finds it by it, and shows it to a person',
    async check({ store }) {
      await store.insert(anIntent(), 0);
      await store.settle(aKey(), aSettlement({ state: 'failed', reason: 'never_arrived' }));
      assert.deepEqual(await store.counts('default', everyKind), { needsAttention: 0, open: 0 });
      const late = await store.settle(
        aKey(),
        aSettlement({ objectId: 'payt_1', gatewayStatus: 'success', reason: 'charged_late' }),
      );
      assert.equal(late?.after.state, 'failed');
      assert.deepEqual(await store.findByObject('default', 'payt_1'), late.after);
      assert.deepEqual(await store.needingAttention('default', everyKind, 9), [late.after]);
      assert.deepEqual(await store.counts('default', everyKind), { needsAttention: 1, open: 0 });
    },
  },
  {
    name: 'writes nothing and runs no effect when nothing is decided',
    async check({ store }) {
      const { record } = await store.insert(anIntent(), 5_000);
      const settled = await store.settle(
        aKey(),
        aSettlement({}, { decide: () => undefined, effect: unexpected, nextCheckMs: 1 }),
      );
      assert.deepEqual(settled?.after, record);
      assert.equal(settled.before, settled.after);
      assert.deepEqual(await store.find(aKey()), record);
    },
  },
  {
    name: 'commits what the effect writes with the record, and shows neither before',
    async check({ store, another, write, written }) {
      const other = await another();
      const { record } = await store.insert(anIntent(), 0);
      let during: TrackedRecord | undefined;
      const settled = await store.settle(
        aKey(),
        aSettlement(
          { state: 'succeeded', objectId: 'payt_1' },
          {
            async effect(before, changed, tx) {
              assert.deepEqual(before, record);
              assert.equal(changed.state, 'succeeded');
              assert.equal(changed.version, before.version + 1);
              await write(tx, changed.requestId);
              assert.deepEqual(await store.find(aKey()), record);
              assert.deepEqual(await other.find(aKey()), record);
              assert.deepEqual(await written(), []);
              during = changed;
            },
          },
        ),
      );
      assert.deepEqual(settled?.before, record);
      assert.deepEqual(settled.after, during);
      assert.deepEqual(await other.find(aKey()), settled.after);
      assert.deepEqual(await written(), ['request-1']);
    },
  },
  {
    name: 'leaves nothing of a settlement whose effect or decision throws, and can do it again',
    async check({ store, write, written }) {
      const { record } = await store.insert(anIntent(), 5_000);
      const failure = new Error('handler failed');
      const isFailure = (thrown: unknown) => thrown === failure;
      const fail = () => {
        throw failure;
      };
      const change = { state: 'succeeded', objectId: 'payt_1' } as const;
      const failing = aSettlement(change, {
        async effect(_before, _after, tx) {
          await write(tx, 'never');
          fail();
        },
      });
      await assert.rejects(store.settle(aKey(), failing), isFailure);
      await assert.rejects(store.settle(aKey(), aSettlement({}, { decide: fail })), isFailure);
      assert.deepEqual(await store.find(aKey()), record);
      assert.deepEqual(await written(), []);
      const effect = (_: unknown, after: TrackedRecord, tx: unknown) => write(tx, after.state);
      await store.settle(aKey(), aSettlement(change, { effect }));
      assert.deepEqual(await written(), ['succeeded']);
    },
  },
  {
    name: 'keeps out what a failed effect has left running',
    async check({ store, write, written }) {
      await store.insert(anIntent(), 0);
      await store.insert(anIntent({ requestId: 'request-2', subjectId: 'order_2' }), 0);
      const gate: { open?: () => void } = {};
      const opened = new Promise<void>((resolve) => (gate.open = resolve));
      let late: Promise<unknown> = Promise.resolve();
      const failing = aSettlement(
        { state: 'failed' },
        {
          async effect(_before, _after, tx) {
            late = opened.then(() => write(tx, 'too late'));
            late.catch(() => undefined);
            throw new Error('handler failed');
          },
        },
      );
      await assert.rejects(store.settle(aKey(), failing), /handler failed/);
      const effect = async () => {
        gate.open?.();
        await assert.rejects(late);
      };
      await store.settle(aKey('request-2'), aSettlement({ state: 'failed' }, { effect }));
      assert.deepEqual(await written(), []);
    },
  },
  {
    name: 'keeps texts of the gateway that no database takes as they are',
    async check({ store }) {
      await store.insert(anIntent(), 0);
      const errorDescription = 'NUL \0, half \uDC00 a character';
      const change = { state: 'failed', errorCode: 'A\0', errorDescription } as const;
      const settled = await store.settle(aKey(), aSettlement(change));
      assert.equal(settled?.after.errorDescription, 'NUL \uFFFD, half \uFFFD a character');
      assert.equal(settled.after.errorCode, 'A\uFFFD');
    },
  },
];

function unexpected(): never {
  assert.fail('was called');
}
