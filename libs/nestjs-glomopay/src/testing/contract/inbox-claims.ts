import assert from 'node:assert/strict';
import { sooner, upTo, type ContractCase } from './harness.js';
import {
  aConclusion,
  anEvent,
  aProgress,
  claimed,
  concluded,
  HOUR_MS,
  LEASE_LOST,
} from './inbox-harness.js';

/** What `due`, `claim` and `conclude` promise. */
export const inboxClaims: readonly ContractCase[] = [
  {
    name: 'names due events, the longest due first, and claims none by that',
    async check({ store: { inbox } }) {
      for (const [body, nextTryMs] of Object.entries({ b: -2_000, c: -1_000, a: -3_000 })) {
        await concluded(inbox, anEvent(body), { state: 'open', nextTryMs });
      }
      await concluded(inbox, anEvent('later'), { state: 'open' });
      await concluded(inbox, anEvent('handled'), { nextTryMs: -1_000 });
      await concluded(inbox, anEvent('failed'), { state: 'failed', nextTryMs: -1_000 });
      await inbox.insert(anEvent('foreign', 'emea'));
      const ids = ['a', 'b', 'c'].map((body) => anEvent(body).id);
      assert.deepEqual(await inbox.due('default', 2), ids.slice(0, 2));
      assert.deepEqual(await inbox.due('default', 10), ids);
      assert.deepEqual(await inbox.due('default', 0), []);
    },
  },
  {
    name: 'gives no event to two claimers',
    async check({ store, another }) {
      const other = await another();
      const events = upTo(10).map((n) => anEvent(`${n}`));
      await Promise.all(events.map((event) => store.inbox.insert(event)));
      const claims = await Promise.all(
        upTo(5).flatMap((n) =>
          events.map((event) => (n % 2 === 0 ? store : other).inbox.claim(event, HOUR_MS)),
        ),
      );
      const ids = claims.flatMap((claim) => (claim === undefined ? [] : [claim.id]));
      assert.deepEqual(ids.toSorted(), events.map(({ id }) => id).toSorted());
      assert.deepEqual(await store.inbox.due('default', 10), []);
    },
  },
  {
    name: 'gives an event again when its lease has run out, and refuses what the old one writes',
    async check({ store: { inbox }, another, write, written }) {
      const other = (await another()).inbox;
      const event = anEvent();
      await inbox.insert(event);
      const old = await claimed(inbox, event, 1);
      assert.deepEqual(await sooner(() => other.due('default', 10)), [event.id]);
      const claim = await claimed(other, event);
      assert.equal(await inbox.claim(event, HOUR_MS), undefined);
      assert.ok(claim.token > old.token);
      await assert.rejects(
        inbox.commit(old, 'Shop.ship', (tx) => write(tx, 'old')),
        LEASE_LOST,
      );
      assert.equal(await inbox.conclude(old, aConclusion({ handlers: [aProgress()] })), false);
      assert.equal((await inbox.find(event))?.state, 'open');
      await other.commit(claim, 'Shop.ship', (tx) => write(tx, 'new'));
      assert.equal(await other.conclude(claim, aConclusion()), true);
      assert.deepEqual(await written(), ['new']);
    },
  },
  {
    name: 'ends the lease with the conclusion, which is written once',
    async check({ store: { inbox } }) {
      await inbox.insert(anEvent());
      const claim = await claimed(inbox, anEvent());
      const open = aConclusion({ state: 'open', nextTryMs: 0 });
      assert.equal(await inbox.conclude(claim, open), true);
      assert.equal(await inbox.conclude(claim, aConclusion()), false);
      await assert.rejects(
        inbox.commit(claim, 'Shop.ship', async () => assert.fail('was run')),
        LEASE_LOST,
      );
      assert.ok((await claimed(inbox, anEvent())).token > claim.token);
    },
  },
  {
    name: 'writes where an event and its handlers stand, and gives it to the next claim',
    async check({ store: { inbox } }) {
      const handlers = [
        aProgress({ handler: 'Ledger.book', state: 'open', tries: 3, error: 'no ink' }),
        aProgress({ handler: 'Mail.send', state: 'failed', tries: 12, error: 'no stamp' }),
        aProgress(),
      ];
      await concluded(inbox, anEvent(), { state: 'open', nextTryMs: 0, handlers });
      const found = await inbox.find(anEvent());
      const { receivedAt, nextTryAt } = found ?? {};
      const { account, id } = anEvent();
      assert.deepEqual(found, {
        account,
        id,
        type: 'payment.success',
        objectId: 'payt_1',
        state: 'open',
        reason: null,
        receivedAt,
        nextTryAt,
        handlers,
      });
      assert.ok((nextTryAt?.getTime() ?? 0) >= (receivedAt?.getTime() ?? Infinity));
      assert.deepEqual((await claimed(inbox, anEvent())).handlers, handlers);
    },
  },
  {
    name: 'works never again on an event that is handled or parked',
    async check({ store: { inbox } }) {
      for (const state of ['handled', 'failed'] as const) {
        const event = anEvent(state);
        const reason = state === 'failed' ? 'no JSON' : null;
        const over = { state, reason, type: null, objectId: null, nextTryMs: Number.NaN };
        await concluded(inbox, event, over);
        const found = await inbox.find(event);
        assert.equal(found?.nextTryAt, null);
        assert.equal(found.reason, reason);
        assert.equal(await inbox.claim(event, HOUR_MS), undefined);
      }
      await inbox.insert(anEvent());
      const claim = await claimed(inbox, anEvent());
      const never = aConclusion({ state: 'open', nextTryMs: Number.NaN });
      await assert.rejects(inbox.conclude(claim, never), RangeError);
      await assert.rejects(inbox.claim(anEvent(), Number.NaN), RangeError);
    },
  },
  {
    name: 'can conclude whatever an event and its handlers have said',
    async check({ store: { inbox } }) {
      const odd = 'NUL \0, half \uDC00 a character';
      const kept = 'NUL \uFFFD, half \uFFFD a character';
      const handlers = [
        aProgress({ handler: odd, state: 'open', tries: 1, error: odd }),
        aProgress({ handler: kept, state: 'open', tries: 2, error: 'said last' }),
      ];
      const over = { type: odd, objectId: odd, reason: odd, state: 'failed', handlers } as const;
      await concluded(inbox, anEvent(), over);
      const { type, objectId, reason, handlers: found } = (await inbox.find(anEvent())) ?? {};
      assert.deepEqual({ type, objectId, reason }, { type: kept, objectId: kept, reason: kept });
      assert.deepEqual(found, [{ ...handlers[1], handler: kept }]);
      assert.equal((await inbox.list('default', { objectId: odd, limit: 10 })).length, 0);
      const long = upTo(20_000).map((n) => String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000)));
      await concluded(inbox, anEvent('long'), { objectId: long.join(''), type: long.join('') });
      assert.equal((await inbox.find(anEvent('long')))?.objectId, null);
    },
  },
  {
    name: 'names the accounts that have due events, and claims none by that',
    async check({ store: { inbox }, another }) {
      const none = await inbox.accountsDue();
      if (none === undefined) return; // It need not know; each account is asked then.
      assert.deepEqual(none, []);
      for (const account of ['emea', 'default', 'apac']) {
        await inbox.insert(anEvent('one', account));
        await inbox.insert(anEvent('other', account));
      }
      await concluded(inbox, anEvent('later', 'later'), { state: 'open' });
      await concluded(inbox, anEvent('handled', 'handled'), { nextTryMs: -1_000 });
      const other = (await another()).inbox;
      const due = async () => (await other.accountsDue())?.toSorted();
      assert.deepEqual(await due(), ['apac', 'default', 'emea']);
      for (const body of ['one', 'other']) await claimed(inbox, anEvent(body, 'apac'));
      assert.deepEqual(await due(), ['default', 'emea']);
    },
  },
  {
    name: 'names the accounts with parked events, until those are opened again',
    async check({ store: { inbox }, another }) {
      const none = await inbox.accountsLeft();
      if (none === undefined) return; // It need not know.
      assert.deepEqual(none, []);
      for (const account of ['emea', 'apac']) {
        await concluded(inbox, anEvent('parked', account), { state: 'failed' });
        await concluded(inbox, anEvent('handled', account), {});
      }
      await concluded(inbox, anEvent('handled', 'handled'), {});
      await inbox.insert(anEvent('open', 'open'));
      const other = (await another()).inbox;
      assert.deepEqual((await other.accountsLeft())?.toSorted(), ['apac', 'emea']);
      assert.equal(await inbox.replay(anEvent('parked', 'apac')), true);
      assert.deepEqual(await other.accountsLeft(), ['emea']);
    },
  },
  {
    name: 'names the accounts with handled events as old as it is asked for, until those are purged',
    async check({ store: { inbox }, another }) {
      const soon = new Date(Date.now() + HOUR_MS);
      const none = await inbox.accountsToPurge(soon);
      if (none === undefined) return; // It need not know.
      assert.deepEqual(none, []);
      for (const account of ['emea', 'apac']) {
        for (const body of ['one', 'other']) await concluded(inbox, anEvent(body, account));
      }
      await concluded(inbox, anEvent('parked', 'parked'), { state: 'failed' });
      await inbox.insert(anEvent('open', 'open'));
      const other = (await another()).inbox;
      assert.deepEqual((await other.accountsToPurge(soon))?.toSorted(), ['apac', 'emea']);
      assert.deepEqual(await other.accountsToPurge(new Date(Date.now() - HOUR_MS)), []);
      assert.equal(await inbox.purge('apac', soon), 2);
      assert.deepEqual(await other.accountsToPurge(soon), ['emea']);
    },
  },
];
