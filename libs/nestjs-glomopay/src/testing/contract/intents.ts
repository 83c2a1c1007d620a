import assert from 'node:assert/strict';
import { aKey, anIntent, upTo, type ContractCase } from './harness.js';

const HOUR_MS = 3_600_000;

/** What `insert` and `find` promise. */
export const intents: readonly ContractCase[] = [
  {
    name: 'writes an intent as it was given, with dates of one clock',
    async check({ store }) {
      const intent = anIntent({ subjectId: 'sub_1', exclusive: false });
      const { record, inserted } = await store.insert(intent, HOUR_MS);
      assert.equal(inserted, true);
      const { createdAt, updatedAt, nextCheckAt, version, ...rest } = record;
      assert.deepEqual(rest, {
        ...intent,
        state: 'created',
        reason: null,
        objectId: null,
        gatewayStatus: null,
        complianceStatus: null,
        fundsAvailable: false,
        errorCode: null,
        errorDescription: null,
        resolution: null,
        resolvedBy: null,
        resolutionNote: null,
        checks: 0,
      });
      assert.ok(Math.abs(createdAt.getTime() - Date.now()) < 60_000);
      assert.deepEqual(updatedAt, createdAt);
      assert.equal(nextCheckAt?.getTime(), createdAt.getTime() + HOUR_MS);
      assert.ok(Number.isSafeInteger(version));
      assert.deepEqual(await store.find(intent), record);
    },
  },
  {
    name: 'inserts once of 50 callers at once and gives everybody the record that stands',
    async check({ store, another }) {
      const other = await another();
      const results = await Promise.all(
        upTo(50).map((n) => (n % 2 === 0 ? store : other).insert(anIntent({ amount: n }), HOUR_MS)),
      );
      const winners = results.filter(({ inserted }) => inserted);
      assert.equal(winners.length, 1);
      for (const { record } of results) assert.deepEqual(record, winners[0]?.record);
      assert.equal(
        results.findIndex(({ inserted }) => inserted),
        winners[0]?.record.amount,
      );
    },
  },
  {
    name: 'leaves the record alone when its key comes again',
    async check({ store }) {
      const { record } = await store.insert(anIntent(), HOUR_MS);
      const again = await store.insert(anIntent({ amount: 5, subjectId: 'order_2' }), 0);
      assert.deepEqual(again, { record, inserted: false });
    },
  },
  {
    name: 'writes 1,200 intents that arrive together, known and new ones mixed',
    async check({ store }) {
      await store.insert(anIntent({ requestId: 'request-7' }), HOUR_MS);
      const results = await Promise.all(
        upTo(1_200).map((n) => store.insert(anIntent({ requestId: `request-${n}` }), HOUR_MS)),
      );
      assert.deepEqual(
        results.map(({ record }) => record.requestId),
        upTo(1_200).map((n) => `request-${n}`),
      );
      assert.deepEqual(
        results.flatMap(({ inserted }, n) => (inserted ? [] : [n])),
        [7],
      );
    },
  },
  {
    name: 'keeps what it has written for a store that is opened later',
    async check({ store, another }) {
      const { record } = await store.insert(anIntent(), HOUR_MS);
      assert.deepEqual(await (await another()).find(aKey()), record);
    },
  },
  {
    name: 'keeps the same key of two accounts apart',
    async check({ store }) {
      await store.insert(anIntent({ amount: 1 }), HOUR_MS);
      const other = await store.insert(anIntent({ account: 'emea', amount: 2 }), HOUR_MS);
      assert.equal(other.inserted, true);
      assert.equal((await store.find(aKey()))?.amount, 1);
      assert.equal((await store.find(aKey('request-1', 'emea')))?.amount, 2);
    },
  },
  {
    name: 'keeps texts of every script and amounts of every size',
    async check({ store }) {
      const odd = `"'\\; -- %_ \n\t ${'é'.normalize('NFD')} مرحبا 漢字 👩‍👩‍👧 \uFFFD`;
      const intent = anIntent({
        requestId: odd,
        reference: odd.repeat(200),
        amount: Number.MAX_SAFE_INTEGER,
      });
      const { record } = await store.insert(intent, HOUR_MS);
      assert.equal(record.requestId, odd);
      assert.equal(record.reference, intent.reference);
      assert.equal(record.amount, Number.MAX_SAFE_INTEGER);
      assert.deepEqual(await store.find(aKey(odd)), record);
      assert.equal(await store.find(aKey(odd.normalize('NFC'))), undefined);
    },
  },
  {
    name: 'refuses what no database keeps, and takes no neighbour with it',
    async check({ store }) {
      const bad = [
        anIntent({ requestId: 'a\0b' }),
        anIntent({ reference: 'half \uD800 of a character' }),
        anIntent({ amount: 1.5 }),
        anIntent({ amount: 2 ** 53 }),
      ];
      const good = upTo(20).map((n) => anIntent({ requestId: `request-${n}` }));
      const results = await Promise.allSettled(
        [...good.slice(0, 10), ...bad, ...good.slice(10)].map((one) => store.insert(one, HOUR_MS)),
      );
      assert.deepEqual(
        results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : [])),
        [10, 11, 12, 13],
      );
      for (const result of results.slice(10, 14)) {
        assert.equal(result.status === 'rejected' && result.reason.code, 'GLOMOPAY_VALIDATION');
      }
      await assert.rejects(store.insert(anIntent({ requestId: 'late' }), Number.NaN), RangeError);
    },
  },
  {
    name: 'finds nothing under what it could not have stored',
    async check({ store }) {
      await store.insert(anIntent({ requestId: 'a\uFFFD', subjectId: 'order_\uFFFD' }), HOUR_MS);
      assert.equal(await store.find(aKey('a\uD800')), undefined);
      assert.equal(await store.find(aKey('a\0')), undefined);
      assert.equal(await store.findByObject('default', 'payt_\0'), undefined);
      assert.deepEqual(await store.findBySubject('default', 'order_\uD800'), []);
    },
  },
];
