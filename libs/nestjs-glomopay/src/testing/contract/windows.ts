import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrackedRecord } from '../../tracking/store/tracked-record.js';
import type { TrackingStore } from '../../tracking/store/tracking-store.js';
import { anIntent, everyKind, upTo, type ContractCase } from './harness.js';

const HOUR_MS = 3_600_000;
/** In an order of their own in every collation. */
const LETTERS = ['𝄞', 'ÿ', '~', ' ', '0', 'a', 'Z'];

/** What `within` promises. */
export const windows: readonly ContractCase[] = [
  {
    name: 'gives every record of a window once, page by page, also those of one moment',
    async check({ store, another }) {
      const intents = upTo(90).map((n) => {
        const kind = everyKind[n % 3] ?? 'payment';
        const requestId = `request ${LETTERS[n % LETTERS.length]}${n % 30}`;
        return anIntent({ kind, requestId, subjectId: null });
      });
      await store.insert(anIntent({ account: 'emea' }), HOUR_MS);
      // Together: most of them have one time.
      await Promise.all(intents.map((intent) => store.insert(intent, HOUR_MS)));
      const other = await another();
      for (const limit of [1, 7, 89, 90, 91]) {
        const pages = await pagesOf(other, limit);
        assert.deepEqual(
          pages.map(({ length }) => length).slice(0, -1),
          upTo(Math.ceil(90 / limit) - 1).map(() => limit),
        );
        const records = pages.flat();
        assert.deepEqual(records.map(keyOf).toSorted(), intents.map(keyOf).toSorted());
        const times = records.map(({ createdAt }) => createdAt.getTime());
        assert.deepEqual(
          times,
          times.toSorted((one, two) => one - two),
        );
      }
      const [first] = intents;
      assert.ok(first);
      const found = await store.find(first);
      assert.ok(found);
      const all = await pagesOf(store, 1_000);
      assert.deepEqual(
        all.flat().find((record) => keyOf(record) === keyOf(first)),
        found,
      );
    },
  },
  {
    name: 'begins a window with its first moment, and ends it before its last',
    async check({ store }) {
      const records: TrackedRecord[] = [];
      for (const requestId of ['a', 'b', 'c']) {
        records.push((await store.insert(anIntent({ requestId }), HOUR_MS)).record);
        await sleep(5);
      }
      const [a, b, c] = records.map(({ createdAt }) => createdAt.getTime());
      assert.ok(a !== undefined && b !== undefined && c !== undefined && a < b && b < c);
      const found = async (from: number, to: number) =>
        (await store.within('default', { from: new Date(from), to: new Date(to), limit: 10 })).map(
          ({ requestId }) => requestId,
        );
      assert.deepEqual(await found(a, c), ['a', 'b']);
      assert.deepEqual(await found(a + 1, c), ['b']);
      assert.deepEqual(await found(b, b + 1), ['b']);
      assert.deepEqual(await found(b, b), []);
      assert.deepEqual(await found(c, a), []);
      assert.deepEqual(await found(-1, 8.64e15), ['a', 'b', 'c']);
    },
  },
  {
    name: 'goes on after a record that has changed since, and comes to what was added since',
    async check({ store }) {
      const requestIds = ['a', 'b', 'c'];
      await Promise.all(
        requestIds.map((requestId) => store.insert(anIntent({ requestId }), HOUR_MS)),
      );
      const window = { from: new Date(0), to: new Date(8.64e15), limit: 2 };
      const page = await store.within('default', window);
      const after = page.at(-1);
      assert.ok(after);
      await store.settle(after, {
        decide: () => ({ state: 'failed', objectId: 'payt_1' }),
        effect: async () => undefined,
        nextCheckMs: 0,
      });
      await sleep(5);
      await store.insert(anIntent({ requestId: 'd' }), HOUR_MS);
      const next = await store.within('default', { ...window, after });
      assert.deepEqual([...page, ...next].map(({ requestId }) => requestId).toSorted(), [
        ...requestIds,
        'd',
      ]);
      assert.deepEqual(await store.within('nobody', window), []);
      assert.deepEqual(await store.within('a\0b', window), []);
    },
  },
];

async function pagesOf(store: TrackingStore, limit: number): Promise<(readonly TrackedRecord[])[]> {
  const pages: (readonly TrackedRecord[])[] = [];
  const window = { from: new Date(0), to: new Date(8.64e15), limit };
  for (let after: TrackedRecord | undefined; ; after = pages.at(-1)?.at(-1)) {
    const page = await store.within('default', { ...window, after });
    if (page.length > 0) pages.push(page);
    if (page.length < limit) return pages;
  }
}

function keyOf({ kind, requestId }: Pick<TrackedRecord, 'kind' | 'requestId'>): string {
  return `${kind} ${requestId}`;
}
