import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { witnesses } from '../../tracking/store/history-line.js';
import type { TrackedChange } from '../../tracking/store/tracked-record.js';
import type { TrackingStore } from '../../tracking/store/tracking-store.js';
import { aKey, anIntent, aSettlement, forMany, upTo, type ContractCase } from './harness.js';

const HOUR_MS = 3_600_000;

/** What `purge` promises of the histories of records. */
export const purges: readonly ContractCase[] = [
  {
    name: 'forgets the history of what has ended, and keeps that of what is open or needs a person',
    async check({ store, another }) {
      const changes: Record<string, TrackedChange> = {
        attempted: { state: 'attempted' },
        given_up: { state: 'needs_attention', reason: 'no_outcome' },
        other_amount: { state: 'mismatch', reason: 'amount_differs' },
        contradicted: { state: 'failed', reason: 'terminal_conflict' },
        succeeded: { state: 'succeeded', objectId: 'payt_1' },
        failed: { state: 'failed', reason: 'rejected' },
        closed: { state: 'needs_attention', reason: 'no_outcome', resolution: 'acknowledged' },
      };
      for (const [requestId, change] of Object.entries(changes)) {
        await store.insert(anIntent({ requestId, subjectId: null }), HOUR_MS);
        await changed(store, requestId, { state: 'attempted' });
        await changed(store, requestId, change);
      }
      await store.insert(anIntent({ requestId: 'without' }), HOUR_MS);
      await store.settle(aKey('without'), aSettlement({ state: 'succeeded' }));
      await store.insert(anIntent({ account: 'emea' }), HOUR_MS);
      await changed(store, 'request-1', { state: 'failed' }, 'emea');
      const before = await later(store);
      assert.equal(await store.purge('default', before), 3);
      assert.equal(await store.purge('default', before), 0);
      const other = await another();
      for (const [requestId, change] of Object.entries(changes)) {
        const lines = await other.history(aKey(requestId));
        const isForgotten = ['succeeded', 'failed', 'closed'].includes(requestId);
        assert.deepEqual([requestId, lines.length], [requestId, isForgotten ? 0 : 2]);
        const record = await other.find(aKey(requestId));
        assert.deepEqual([record?.state, record?.version], [change.state, 3]);
      }
      assert.equal((await other.history(aKey('request-1', 'emea'))).length, 1);
      assert.equal(await store.purge('a\0b', before), 0);
    },
  },
  {
    name: 'forgets the history of nothing that has changed since, and all of it later',
    async check({ store }) {
      for (const requestId of ['old', 'young']) {
        await store.insert(anIntent({ requestId, subjectId: null }), HOUR_MS);
        await changed(store, requestId, { state: 'attempted' });
      }
      const old = await changed(store, 'old', { state: 'failed' });
      await sleep(5);
      const young = await changed(store, 'young', { state: 'failed' });
      assert.ok(old && young);
      assert.equal(await store.purge('default', old.updatedAt), 0);
      assert.equal(await store.purge('default', young.updatedAt), 1);
      assert.deepEqual(await store.history(aKey('old')), []);
      assert.equal((await store.history(aKey('young'))).length, 2);
      // What comes afterwards has a history again.
      await changed(store, 'old', { reason: 'charged_late' });
      const before = await later(store);
      assert.equal(await store.purge('default', before), 1);
      assert.deepEqual(
        (await store.history(aKey('old'))).map(({ version }) => version),
        [4],
      );
    },
  },
  {
    name: 'forgets more than one batch, past what has to stay',
    async check({ store }) {
      const requestIds = upTo(130).map((n) => `${n}`);
      await forMany(requestIds, (requestId) =>
        store.insert(anIntent({ requestId, subjectId: null }), 0),
      );
      for (const states of [['attempted'], ['failed', 'needs_attention']] as const) {
        await forMany(requestIds, (requestId, n) =>
          changed(store, requestId, { state: states[n % states.length] ?? 'failed' }),
        );
      }
      const before = await later(store);
      assert.equal(await store.purge('default', before), 65);
      assert.equal(await store.purge('default', before), 0);
      const kept = await Promise.all(
        ['0', '1', '128', '129'].map((requestId) => store.history(aKey(requestId))),
      );
      assert.deepEqual(
        kept.map(({ length }) => length),
        [0, 2, 0, 2],
      );
    },
  },
];

async function changed(
  store: TrackingStore,
  requestId: string,
  change: TrackedChange,
  account?: string,
) {
  const settlement = aSettlement(change, { witness: witnesses.check, decide: () => change });
  return (await store.settle(aKey(requestId, account), settlement))?.after;
}

/** A moment after everything so far, by the clock of the store. */
async function later(store: TrackingStore): Promise<Date> {
  await sleep(5);
  const intent = anIntent({ account: 'clock', requestId: randomUUID() });
  return (await store.insert(intent, HOUR_MS)).record.createdAt;
}
