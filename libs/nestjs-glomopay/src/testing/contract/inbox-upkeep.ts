import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InboxConclusion, InboxFilter } from '../../tracking/store/inbox-event.js';
import type { InboxPurge, InboxStore } from '../../tracking/store/inbox-store.js';
import { forMany, upTo, type ContractCase } from './harness.js';
import { aConclusion, anEvent, aProgress, claimed, concluded, HOUR_MS } from './inbox-harness.js';

/** What `list`, `counts`, `replay` and `purge` of the inbox promise. */
export const inboxUpkeep: readonly ContractCase[] = [
  {
    name: 'lists events by state, by object and by date, newest first, with their handlers',
    async check({ store: { inbox } }) {
      const made: readonly [string, Partial<InboxConclusion>][] = [
        ['a', { state: 'failed', objectId: 'payt_2', handlers: [aProgress({ state: 'failed' })] }],
        ['b', { handlers: [aProgress(), aProgress({ handler: 'Mail.send' })] }],
        ['c', { state: 'open' }],
        ['d', { state: 'failed' }],
      ];
      for (const [body, over] of made) {
        await concluded(inbox, anEvent(body), over);
        await sleep(5); // A millisecond of its own, by any clock.
      }
      const names = new Map(made.map(([body]) => [anEvent(body).id, body]));
      const listed = async (filter: Partial<InboxFilter>): Promise<string> =>
        (await inbox.list('default', { limit: 10, ...filter }))
          .map(({ id }) => names.get(id))
          .join('');
      assert.equal(await listed({}), 'dcba');
      assert.equal(await listed({ limit: 2 }), 'dc');
      assert.equal(await listed({ state: 'failed' }), 'da');
      assert.equal(await listed({ state: 'handled' }), 'b');
      assert.equal(await listed({ objectId: 'payt_1' }), 'dcb');
      assert.equal(await listed({ objectId: 'payt_1', state: 'failed' }), 'd');
      assert.equal(await listed({ objectId: 'payt_1', limit: 1 }), 'd');
      assert.equal(await listed({ objectId: 'payt_3' }), '');
      const before = (await inbox.find(anEvent('c')))?.receivedAt;
      assert.equal(await listed({ before }), 'ba');
      assert.equal(await listed({ before, state: 'failed' }), 'a');
      assert.equal(await listed({ before, objectId: 'payt_2' }), 'a');
      const all = await inbox.list('default', { limit: 1_000 });
      for (const event of all) assert.deepEqual(event, await inbox.find(event));
    },
  },
  {
    name: 'lists 1,000 events at most, and none for a filter that makes no sense',
    async check({ store: { inbox } }) {
      await Promise.all(upTo(1_100).map((n) => inbox.insert(anEvent(`${n}`))));
      assert.equal((await inbox.list('default', { limit: 1_000 })).length, 1_000);
      const dates = [new Date(-8.64e15), new Date(0)];
      for (const before of dates) {
        assert.deepEqual(await inbox.list('default', { before, limit: 1 }), []);
      }
      assert.equal(
        (await inbox.list('default', { before: new Date(8.64e15), limit: 1 })).length,
        1,
      );
      for (const limit of [0, -1, 1.5, 1_001, Number.NaN]) {
        await assert.rejects(inbox.list('default', { limit }), RangeError);
      }
      const never = new Date(Number.NaN);
      await assert.rejects(inbox.list('default', { before: never, limit: 1 }), RangeError);
      await assert.rejects(inbox.purge('default', never), RangeError);
    },
  },
  {
    name: 'counts what is open and what is parked, and knows since when',
    async check({ store: { inbox } }) {
      assert.deepEqual(await inbox.counts('default'), { open: 0, failed: 0, oldestOpenAt: null });
      await concluded(inbox, anEvent('handled'));
      await concluded(inbox, anEvent('parked'), { state: 'failed' });
      await inbox.insert(anEvent('foreign', 'emea'));
      await sleep(5);
      await concluded(inbox, anEvent('retried'), { state: 'open' });
      await sleep(5);
      await inbox.insert(anEvent('new'));
      const oldestOpenAt = (await inbox.find(anEvent('retried')))?.receivedAt;
      assert.deepEqual(await inbox.counts('default'), { open: 2, failed: 1, oldestOpenAt });
    },
  },
  {
    name: 'opens a parked event again, once, and no other',
    async check({ store, another }) {
      const { inbox } = store;
      const other = (await another()).inbox;
      await concluded(inbox, anEvent('parked'), { state: 'failed', reason: 'no JSON', type: null });
      await concluded(inbox, anEvent('handled'));
      await inbox.insert(anEvent('open'));
      const results = await Promise.all(
        upTo(6).map((n) => (n % 2 === 0 ? inbox : other).replay(anEvent('parked'))),
      );
      assert.equal(results.filter((opened) => opened).length, 1);
      for (const body of ['handled', 'open', 'unknown']) {
        assert.equal(await inbox.replay(anEvent(body)), false);
      }
      const { state, reason } = (await inbox.find(anEvent('parked'))) ?? {};
      assert.deepEqual({ state, reason }, { state: 'open', reason: null });
      assert.deepEqual((await claimed(inbox, anEvent('parked'))).body, anEvent('parked').body);
    },
  },
  {
    name: 'forgets what old events held, and still knows them when they come again',
    async check({ store: { inbox } }) {
      const [handled, parked, open] = ['handled', 'parked', 'open'].map((body) => anEvent(body));
      assert.ok(handled && parked && open);
      await concluded(inbox, handled, { handlers: [aProgress()] });
      await concluded(inbox, parked, {
        state: 'failed',
        handlers: [aProgress({ state: 'failed' })],
      });
      await inbox.insert(open);
      assert.equal(await inbox.purge('default', new Date(Date.now() - HOUR_MS)), 0);
      assert.deepEqual(await inbox.body(handled), handled.body);
      const soon = new Date(Date.now() + HOUR_MS);
      assert.equal(await inbox.purge('default', soon), 2);
      assert.equal(await inbox.purge('default', soon), 0);
      for (const event of [handled, parked]) {
        assert.equal(await inbox.body(event), undefined);
        assert.equal(await inbox.find(event), undefined);
        assert.equal(await inbox.insert(event), false);
        assert.equal(await inbox.replay(event), false);
        assert.equal(await inbox.claim(event, HOUR_MS), undefined);
      }
      assert.deepEqual(
        (await inbox.list('default', { limit: 10 })).map(({ id }) => id),
        [open.id],
      );
      assert.deepEqual((await inbox.counts('default')).failed, 0);
      assert.deepEqual((await claimed(inbox, open)).body, open.body);
    },
  },
  {
    name: 'purges the states that it is asked for, never what is open, and as many as it may',
    async check({ store: { inbox } }) {
      await Promise.all(upTo(5).map((n) => concluded(inbox, anEvent(`handled ${n}`))));
      await concluded(inbox, anEvent('parked'), { state: 'failed' });
      await inbox.insert(anEvent('open'));
      const soon = new Date(Date.now() + HOUR_MS);
      const purge = (which: InboxPurge) => inbox.purge('default', soon, which);
      assert.equal(await purge({ states: [] }), 0);
      assert.equal(await purge({ states: ['open'] }), 0);
      assert.equal(await purge({ states: ['handled'], atMost: 0 }), 0);
      assert.equal(await purge({ states: ['handled'], atMost: 2 }), 2);
      assert.equal(await purge({ states: ['open', 'handled'] }), 3);
      assert.deepEqual(
        (await inbox.list('default', { limit: 10 })).map(({ state }) => state).toSorted(),
        ['failed', 'open'],
      );
      assert.equal(await purge({ states: ['failed'] }), 1);
    },
  },
  {
    name: 'forgets the keys of old events that were purged, and of no other',
    async check({ store: { inbox }, another }) {
      const [purged, parked, open] = ['purged', 'parked', 'open'].map((body) => anEvent(body));
      assert.ok(purged && parked && open);
      for (const event of [purged, anEvent('purged', 'emea')]) await concluded(inbox, event);
      await concluded(inbox, parked, { state: 'failed' });
      await inbox.insert(open);
      const late = new Date(Date.now() + 3 * HOUR_MS);
      assert.equal(await inbox.forgetKeys('default', late), 0);
      for (const account of ['default', 'emea']) {
        assert.equal(await inbox.purge(account, late, { states: ['handled'] }), 1);
      }
      assert.equal(await inbox.forgetKeys('default', new Date(Date.now() - HOUR_MS)), 0);
      assert.equal(await inbox.forgetKeys('a\0b', late), 0);
      assert.equal(await (await another()).inbox.forgetKeys('default', late), 1);
      assert.equal(await inbox.forgetKeys('default', late), 0);
      assert.deepEqual(
        await Promise.all(
          [parked, open, anEvent('purged', 'emea')].map((event) => inbox.insert(event)),
        ),
        [false, false, false],
      );
      assert.equal(await inbox.insert(purged), true);
      assert.deepEqual((await claimed(inbox, purged)).body, purged.body);
    },
  },
  {
    name: 'forgets 2,100 keys',
    async check({ store: { inbox } }) {
      await Promise.all(upTo(2_100).map((n) => inbox.insert(anEvent(`${n}`))));
      for (const id of await inbox.due('default', 3_000)) {
        const claim = await claimed(inbox, { account: 'default', id });
        await inbox.conclude(claim, aConclusion());
      }
      const late = new Date(Date.now() + 3 * HOUR_MS);
      assert.equal(await inbox.purge('default', late), 2_100);
      assert.equal(await inbox.forgetKeys('default', late), 2_100);
      assert.equal(await inbox.insert(anEvent('7')), true);
    },
  },
  {
    name: 'writes no event twice that comes again and again while it is handled and purged',
    async check({ store: { inbox }, another }) {
      const other = (await another()).inbox;
      const events = upTo(20).map((n) => anEvent(`${n}`));
      const soon = new Date(Date.now() + HOUR_MS);
      const purging = { isOver: false };
      let news = 0;
      const deliver = async (into: InboxStore): Promise<void> => {
        for (let rounds = 0; rounds < 3 || !purging.isOver; rounds += 1) {
          const results = await Promise.all(events.map((event) => into.insert(event)));
          news += results.filter((isNew) => isNew).length;
        }
      };
      const work = async (): Promise<void> => {
        for (let purged = 0; purged < events.length;) {
          for (const id of await inbox.due('default', 5)) {
            const claim = await inbox.claim({ account: 'default', id }, HOUR_MS);
            if (claim !== undefined) await inbox.conclude(claim, aConclusion());
          }
          purged += await other.purge('default', soon);
        }
        purging.isOver = true;
      };
      await Promise.all([deliver(inbox), deliver(other), work()]);
      assert.equal(news, events.length);
      assert.deepEqual(await inbox.list('default', { limit: 10 }), []);
    },
  },
  {
    name: 'purges 600 events and nothing that came at the very date',
    async check({ store: { inbox } }) {
      const events = upTo(600).map((n) => anEvent(`${n}`));
      await forMany(events, (event) => concluded(inbox, event, { handlers: [aProgress()] }));
      await sleep(5);
      await concluded(inbox, anEvent('late'));
      const at = (await inbox.find(anEvent('late')))?.receivedAt;
      assert.ok(at);
      assert.equal(await inbox.purge('default', at), 600);
      assert.deepEqual(await inbox.body(anEvent('late')), anEvent('late').body);
    },
  },
];
