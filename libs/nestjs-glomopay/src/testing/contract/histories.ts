import assert from 'node:assert/strict';
import { witnesses, type Witness } from '../../tracking/store/history-line.js';
import type { TrackedChange } from '../../tracking/store/tracked-record.js';
import { aKey, anIntent, aSettlement, upTo, type ContractCase } from './harness.js';

/** What the history of a record promises. */
export const histories: readonly ContractCase[] = [
  {
    name: 'has a line for every change that has a witness, as it was written with the change',
    async check({ store, another }) {
      const { record } = await store.insert(anIntent(), 0);
      await store.insert(anIntent({ kind: 'refund', subjectId: 'payt_1' }), 0);
      await store.insert(anIntent({ account: 'emea' }), 0);
      assert.deepEqual(await store.history(aKey()), []);
      const first = await settle(
        { state: 'attempted', objectId: 'payt_1', gatewayStatus: 'action_required' },
        { kind: 'webhook', id: 'e'.repeat(64) },
      );
      await settle({ fundsAvailable: true }, undefined);
      await settle({}, witnesses.check, () => undefined);
      const last = await settle(
        { state: 'failed', reason: 'rejected', gatewayStatus: 'failed' },
        witnesses.sweep,
      );
      const empty = { reason: null, note: null, objectId: 'payt_1' };
      const expected = [
        {
          ...empty,
          at: first?.after.updatedAt,
          version: 2,
          from: 'created',
          to: 'attempted',
          gatewayStatus: 'action_required',
          witness: { kind: 'webhook', id: 'e'.repeat(64) },
        },
        {
          ...empty,
          at: last?.after.updatedAt,
          version: 4,
          from: 'attempted',
          to: 'failed',
          reason: 'rejected',
          gatewayStatus: 'failed',
          witness: { kind: 'sweep', id: null },
        },
      ];
      assert.deepEqual(await store.history(record), expected);
      assert.deepEqual(await (await another()).history(aKey()), expected);
      for (const key of [
        { ...aKey(), kind: 'refund' as const },
        aKey('request-1', 'emea'),
        aKey('none'),
        aKey('a\0b'),
      ]) {
        assert.deepEqual(await store.history(key), []);
      }

      function settle(
        change: TrackedChange,
        witness: Witness | undefined,
        decide: () => TrackedChange | undefined = () => change,
      ) {
        return store.settle(aKey(), aSettlement(change, { witness, decide }));
      }
    },
  },
  {
    name: 'shows a line only once its change is committed, and none of one that was rolled back',
    async check({ store, another, write }) {
      const other = await another();
      await store.insert(anIntent(), 0);
      const change = { state: 'succeeded', objectId: 'payt_1' } as const;
      const failing = aSettlement(change, {
        witness: witnesses.callback,
        async effect(_before, _after, tx) {
          await write(tx, 'never');
          assert.deepEqual(await other.history(aKey()), []);
          throw new Error('handler failed');
        },
      });
      await assert.rejects(store.settle(aKey(), failing), /handler failed/);
      assert.deepEqual(await store.history(aKey()), []);
      await store.settle(aKey(), aSettlement(change, { witness: witnesses.sweep }));
      assert.deepEqual(
        (await store.history(aKey())).map(({ version, witness }) => [version, witness.kind]),
        [[2, 'sweep']],
      );
    },
  },
  {
    name: 'keeps who a witness is and what a person has noted, but for what no database takes',
    async check({ store }) {
      await store.insert(anIntent(), 0);
      const close = (by: string, note: string) =>
        store.settle(
          aKey(),
          aSettlement(
            {},
            {
              witness: { kind: 'person', id: by },
              decide: () => ({
                state: 'needs_attention',
                resolution: 'acknowledged',
                resolvedBy: by,
                resolutionNote: note,
              }),
            },
          ),
        );
      const by = 'Zoë „Ops“ \\x00 %s \'"; 👍';
      const note = '  first line\nsecond\t„offen“ {"a": null}  ';
      const closed = await close(by, note);
      assert.deepEqual(
        [closed?.after.resolution, closed?.after.resolvedBy, closed?.after.resolutionNote],
        ['acknowledged', by, note],
      );
      assert.deepEqual(await store.find(aKey()), closed?.after);
      await close('NUL \0', 'half \uDC00 a character');
      const news = aSettlement(
        {},
        { witness: witnesses.sweep, decide: () => ({ reason: 'no_outcome' }) },
      );
      await store.settle(aKey(), news);
      assert.deepEqual(
        (await store.history(aKey())).map((line) => [line.witness.id, line.note]),
        [
          [by, note],
          ['NUL \uFFFD', 'half \uFFFD a character'],
          [null, null],
        ],
      );
    },
  },
  {
    name: 'takes a resolution back when a change says so',
    async check({ store }) {
      await store.insert(anIntent(), 0);
      const resolution = {
        resolution: 'refunded',
        resolvedBy: 'ops',
        resolutionNote: 'bank transfer',
      } as const;
      await store.settle(aKey(), aSettlement({ state: 'mismatch', ...resolution }));
      assert.deepEqual(await store.counts('default', ['payment']), { needsAttention: 0, open: 0 });
      const news = { resolution: null, resolvedBy: null, resolutionNote: null } as const;
      const settled = await store.settle(aKey(), aSettlement({}, { decide: () => news }));
      assert.deepEqual(
        [settled?.after.resolution, settled?.after.resolvedBy, settled?.after.resolutionNote],
        [null, null, null],
      );
      assert.deepEqual(await store.find(aKey()), settled?.after);
      assert.deepEqual(await store.counts('default', ['payment']), { needsAttention: 1, open: 0 });
    },
  },
  {
    name: 'has a line for each of 20 rivals, in the order of their versions and without a gap',
    async check({ store, another }) {
      const other = await another();
      await store.insert(anIntent(), 0);
      await Promise.all(
        upTo(20).map((n) =>
          (n % 2 === 0 ? store : other).settle(
            aKey(),
            aSettlement(
              {},
              {
                witness: { kind: 'person', id: `person ${n}` },
                decide: ({ version }) => ({ state: 'attempted', gatewayStatus: `${version}` }),
              },
            ),
          ),
        ),
      );
      const lines = await store.history(aKey());
      assert.deepEqual(
        lines.map(({ version, gatewayStatus }) => [version, gatewayStatus]),
        upTo(20).map((n) => [n + 2, `${n + 1}`]),
      );
      assert.equal(new Set(lines.map(({ witness }) => witness.id)).size, 20);
    },
  },
];
