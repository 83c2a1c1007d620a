import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { erasureLine, type Erasure } from '../../tracking/store/erasure.js';
import type { TrackedChange } from '../../tracking/store/tracked-record.js';
import { aKey, anIntent, aSettlement, upTo, type ContractCase } from './harness.js';
import { aConclusion, anEvent, aProgress, claimed, concluded, HOUR_MS } from './inbox-harness.js';

const TOKEN = 'erased:1';
const closed: TrackedChange = {
  state: 'failed',
  reason: 'terminal_conflict',
  objectId: 'payt_1',
  errorCode: 'declined',
  errorDescription: 'card of Zoë declined',
  resolution: 'refunded',
  resolvedBy: 'Asha',
  resolutionNote: 'Zoë called',
};

function anErasure(over: Partial<Erasure> = {}): Erasure {
  return { reference: TOKEN, eventIds: [], objectIds: ['payt_1'], keepsLine: true, ...over };
}

/** What `erase` and `findByReference` promise. */
export const erasures: readonly ContractCase[] = [
  {
    name: 'finds records by the reference of the host, of whatever kind and length, oldest first',
    async check({ store }) {
      const long = 'Zoë '.repeat(2_000);
      for (const [requestId, reference] of [
        ['a', 'zoe'],
        ['zoe', 'zoe'],
        ['b', 'other'],
        ['c', `${long}1`],
        ['d', `${long}2`],
      ] as const) {
        await store.insert(anIntent({ requestId, reference, subjectId: requestId }), HOUR_MS);
      }
      await store.insert(anIntent({ kind: 'refund', requestId: 'zoe', reference: 'zoe' }), HOUR_MS);
      await store.insert(anIntent({ account: 'emea', reference: 'zoe' }), HOUR_MS);
      const found = async (reference: string) =>
        (await store.findByReference('default', reference, 10)).map(
          ({ kind, requestId }) => `${kind} ${requestId}`,
        );
      assert.deepEqual((await found('zoe')).toSorted(), ['payment a', 'payment zoe', 'refund zoe']);
      assert.deepEqual(await found(`${long}2`), ['payment d']);
      assert.deepEqual(await found('b'), []);
      assert.deepEqual(await found('a\0b'), []);
    },
  },
  {
    name: 'forgets who a record is about, in its history and its events too, and keeps the rest',
    async check({ store, another }) {
      const { inbox } = store;
      await store.insert(anIntent(), HOUR_MS);
      const before = (
        await store.settle(aKey(), aSettlement(closed, { witness: { kind: 'person', id: 'Asha' } }))
      )?.after;
      const own = { ...anEvent('{"name":"Zoë"}'), id: `after-${anEvent('own').id}` };
      for (const event of [anEvent('of the payment'), own]) {
        const handlers = [aProgress({ state: 'failed', error: 'no room for Zoë' })];
        await concluded(inbox, event, {
          handlers,
          objectId: event === own ? null : 'payt_1',
        });
      }
      await concluded(inbox, anEvent('of another'), { objectId: 'payt_2' });
      await inbox.insert(anEvent('of the payment', 'emea'));
      const erased = await store.erase(aKey(), anErasure({ eventIds: [own.id] }));
      const record = await (await another()).find(aKey());
      assert.ok(record && before);
      assert.deepEqual(record, {
        ...before,
        reference: TOKEN,
        errorDescription: null,
        resolvedBy: null,
        resolutionNote: null,
        version: before.version + 1,
        updatedAt: record.updatedAt,
      });
      assert.deepEqual(erased, { record, changed: true, lines: 1, events: 2 });
      const lines = await store.history(aKey());
      assert.deepEqual(
        lines.map(({ version, witness, note }) => [version, witness.kind, witness.id, note]),
        [
          [2, 'person', null, null],
          [3, 'person', null, 'erased'],
        ],
      );
      assert.deepEqual(lines.at(-1), erasureLine(record));
      for (const event of [anEvent('of the payment'), own]) {
        assert.equal(await inbox.find(event), undefined);
        assert.equal(await inbox.body(event), undefined);
        assert.equal(await inbox.insert(event), false);
      }
      assert.equal((await inbox.find(anEvent('of another')))?.state, 'handled');
      assert.equal((await inbox.counts('emea')).open, 1);
      assert.deepEqual(await store.findByReference('default', 'reference-1', 10), []);
      assert.deepEqual(await store.findByReference('default', TOKEN, 10), [record]);
    },
  },
  {
    name: 'forgets once, and later only what has come since',
    async check({ store, another }) {
      await store.insert(anIntent(), HOUR_MS);
      await store.settle(aKey(), aSettlement(closed));
      const other = await another();
      const results = await Promise.all(
        upTo(6).map((n) => (n % 2 === 0 ? store : other).erase(aKey(), anErasure())),
      );
      assert.equal(results.filter((one) => one?.changed).length, 1);
      assert.equal((await store.history(aKey())).length, 1);
      await concluded(store.inbox, anEvent('late'));
      const again = await store.erase(aKey(), anErasure({ reference: 'erased:2' }));
      assert.deepEqual([again?.changed, again?.lines, again?.events], [false, 0, 1]);
      assert.equal(again?.record.reference, TOKEN);
      await store.settle(
        aKey(),
        aSettlement({}, { decide: () => ({ errorDescription: 'card of Zoë' }) }),
      );
      assert.equal((await store.erase(aKey(), anErasure({ keepsLine: false })))?.changed, true);
      assert.equal((await store.history(aKey())).length, 1);
      assert.equal((await store.find(aKey()))?.errorDescription, null);
    },
  },
  {
    name: 'forgets nothing of what waits for a machine, a person or a handler',
    async check({ store }) {
      const faults: readonly [string, TrackedChange, number | undefined][] = [
        ['open', { state: 'attempted' }, undefined],
        ['needs_person', { state: 'needs_attention', reason: 'no_outcome' }, undefined],
        ['watched', { state: 'succeeded' }, HOUR_MS],
        ['event_waits', { state: 'failed', objectId: 'payt_9' }, undefined],
      ];
      await concluded(store.inbox, anEvent('parked'), { state: 'failed', objectId: 'payt_9' });
      await concluded(store.inbox, anEvent('handled'), { objectId: 'payt_9' });
      for (const [fault, change, watchMs] of faults) {
        const key = aKey(fault);
        await store.insert(anIntent({ requestId: fault, subjectId: fault }), HOUR_MS);
        await store.settle(key, aSettlement(change, { watchMs: () => watchMs }));
        const before = await store.find(key);
        const erased = await store.erase(key, anErasure({ objectIds: ['payt_9'] }));
        assert.deepEqual(erased, { record: before, fault, changed: false, lines: 0, events: 0 });
        assert.deepEqual(await store.find(key), before);
      }
      assert.equal((await store.inbox.list('default', { limit: 10 })).length, 2);
      assert.equal(await store.erase(aKey('none'), anErasure()), undefined);
      assert.equal(await store.erase(aKey('a\0b'), anErasure()), undefined);
    },
  },
  {
    name: 'settles an erased record as before, and writes no follow-up of it again',
    async check({ store }) {
      await store.insert(anIntent(), HOUR_MS);
      const id = `after-${createHash('sha256').update('1').digest('hex')}`;
      const event = { account: 'default', id, body: Buffer.from('{"reference":"reference-1"}') };
      const followUp = () => event;
      await store.settle(
        aKey(),
        aSettlement({ state: 'succeeded', objectId: 'payt_1' }, { followUp }),
      );
      assert.equal(
        (await store.erase(aKey(), anErasure({ eventIds: [id] })))?.fault,
        'event_waits',
      );
      await store.inbox.conclude(await claimed(store.inbox, event), aConclusion());
      assert.equal((await store.erase(aKey(), anErasure({ eventIds: [id] })))?.events, 1);
      const news = { gatewayStatus: 'refunded' };
      const settled = await store.settle(
        aKey(),
        aSettlement(news, { decide: () => news, followUp }),
      );
      assert.deepEqual(
        [settled?.after.reference, settled?.after.state, settled?.after.gatewayStatus],
        [TOKEN, 'succeeded', 'refunded'],
      );
      assert.equal(await store.inbox.find(event), undefined);
    },
  },
];
