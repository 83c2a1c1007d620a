import assert from 'node:assert/strict';
import { upTo, type ContractCase } from './harness.js';
import { aConclusion, anEvent, claimed, concluded, HOUR_MS } from './inbox-harness.js';

const bodies: Readonly<Record<string, Buffer>> = {
  'no byte at all': Buffer.alloc(0),
  'every byte there is': Buffer.from(upTo(256)),
  'a NUL': Buffer.from('{"a":"x\0y"}'),
  'an escaped NUL': Buffer.from('{"a":"\\u0000"}'),
  'half characters, escaped': Buffer.from('{"a":"\\ud800","b":"\\udc00"}'),
  'what is no UTF-8': Buffer.from([0x7b, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0x7d]),
  'a byte order mark': Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
  'a number without end': Buffer.from('{"amount":1e400000}'),
  '20,000 levels': Buffer.from(`${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  'what a database may take for itself': Buffer.from(`'"\\x00;--%_$1?\r\n\t`),
  'a mebibyte': Buffer.alloc(1_048_576, '0123456789abcdef\0\xff'),
};

/** What `insert`, `find` and `body` of the inbox promise. */
export const inboxEvents: readonly ContractCase[] = [
  {
    name: 'writes an event open and due at once',
    async check({ store: { inbox } }) {
      const { account, id, body } = anEvent();
      assert.equal(await inbox.insert({ account, id, body }), true);
      const found = await inbox.find({ account, id });
      assert.deepEqual(found, {
        account,
        id,
        type: null,
        objectId: null,
        state: 'open',
        reason: null,
        receivedAt: found?.receivedAt,
        nextTryAt: found?.receivedAt,
        handlers: [],
      });
      assert.ok(Math.abs(found.receivedAt.getTime() - Date.now()) < 60_000);
      assert.deepEqual(await inbox.due('default', 10), [id]);
    },
  },
  {
    name: 'writes one of 50 identical events that arrive at once',
    async check({ store, another }) {
      const other = await another();
      const results = await Promise.all(
        upTo(50).map((n) => (n % 2 === 0 ? store : other).inbox.insert(anEvent())),
      );
      assert.equal(results.filter((isNew) => isNew).length, 1);
      assert.equal((await store.inbox.counts('default')).open, 1);
    },
  },
  {
    name: 'writes 1,200 events that arrive together, known, repeated and new ones mixed',
    async check({ store: { inbox } }) {
      await inbox.insert(anEvent('7'));
      const results = await Promise.all(
        upTo(1_200).map((n) => inbox.insert(anEvent(`${n % 900}`))),
      );
      // Of two that arrive together either may be the first one.
      const news = upTo(900).map(
        (id) => results.filter((isNew, n) => isNew && n % 900 === id).length,
      );
      assert.deepEqual(
        news,
        upTo(900).map((id) => (id === 7 ? 0 : 1)),
      );
      assert.equal((await inbox.counts('default')).open, 900);
      assert.deepEqual(await inbox.body(anEvent('899')), Buffer.from('899'));
    },
  },
  {
    name: 'keeps bodies of every kind as they were received',
    async check({ store: { inbox }, another }) {
      const events = Object.entries(bodies).map(([name, body]) => ({ name, event: anEvent(body) }));
      await Promise.all(events.map(({ event }) => inbox.insert(event)));
      const later = (await another()).inbox;
      for (const { name, event } of events) {
        const found = [await later.body(event), (await claimed(later, event)).body];
        for (const body of found) {
          assert.ok(Buffer.isBuffer(body), name);
          assert.ok(event.body.equals(body), name);
        }
        assert.equal(await inbox.insert(event), false, name);
      }
    },
  },
  {
    name: 'takes the bytes that an event has when it is written, not later',
    async check({ store: { inbox } }) {
      const event = anEvent();
      await inbox.insert(event);
      event.body.fill(0);
      const body = await inbox.body(event);
      assert.deepEqual(body, anEvent().body);
      body?.fill(0);
      assert.deepEqual((await claimed(inbox, event)).body, anEvent().body);
    },
  },
  {
    name: 'keeps the same event of two accounts apart',
    async check({ store: { inbox } }) {
      const [own, foreign] = [anEvent('{}'), anEvent('{}', 'emea')];
      assert.deepEqual([await inbox.insert(own), await inbox.insert(foreign)], [true, true]);
      await concluded(inbox, anEvent('{"n":2}'), { state: 'failed' });
      assert.equal(await inbox.replay(anEvent('{"n":2}', 'emea')), false);
      const claim = await claimed(inbox, own);
      assert.deepEqual(await inbox.due('emea', 10), [foreign.id]);
      assert.equal(await inbox.conclude({ ...claim, account: 'apac' }, aConclusion()), false);
      assert.equal(await inbox.conclude(claim, aConclusion()), true);
      assert.equal(await inbox.purge('emea', new Date(Date.now() + HOUR_MS)), 0);
      assert.deepEqual(
        (await inbox.list('emea', { limit: 10 })).map(({ account, state }) => [account, state]),
        [['emea', 'open']],
      );
      assert.deepEqual(await inbox.counts('apac'), { open: 0, failed: 0, oldestOpenAt: null });
    },
  },
  {
    name: 'takes a delivery for new whose key differs anywhere, or is that of a follow-up',
    async check({ store: { inbox } }) {
      const { id, body } = anEvent();
      // Two keys of which the first half, or all but a few characters, are the same are two events.
      const ids = [id, `after-${id}`, `${'0'.repeat(32)}${id.slice(32)}`];
      ids.push(
        `${ids[2]?.slice(0, 31)}1${id.slice(32)}`,
        `after-${id.slice(0, 31)}0${id.slice(32)}`,
      );
      const results = await Promise.all(
        ids.map((one) => inbox.insert({ account: 'default', id: one, body })),
      );
      assert.deepEqual(
        results,
        ids.map(() => true),
      );
      assert.equal((await inbox.counts('default')).open, new Set(ids).size);
    },
  },
  {
    name: 'refuses a key that is no SHA-256, takes no neighbour with it, and finds nothing there',
    async check({ store: { inbox } }) {
      const good = anEvent();
      const keys = ['', 'a\0b', `${good.id}\n`, good.id.toUpperCase(), good.id.slice(1), '\ud800'];
      const bad = [...keys.map((id) => ({ ...good, id })), { ...good, account: 'a\0' }];
      const results = await Promise.allSettled([...bad, good].map((event) => inbox.insert(event)));
      assert.deepEqual(
        results.map((result) => (result.status === 'rejected' ? result.reason.code : result.value)),
        [...bad.map(() => 'GLOMOPAY_VALIDATION'), true],
      );
      for (const key of bad) {
        assert.equal(await inbox.find(key), undefined);
        assert.equal(await inbox.body(key), undefined);
        assert.equal(await inbox.claim(key, HOUR_MS), undefined);
        assert.equal(await inbox.replay(key), false);
      }
    },
  },
];
