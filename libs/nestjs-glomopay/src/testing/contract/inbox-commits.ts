import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedEvent } from '../../tracking/store/inbox-event.js';
import { upTo, type ContractCase } from './harness.js';
import { aConclusion, anEvent, aProgress, claimed, HOUR_MS, LEASE_LOST } from './inbox-harness.js';

/** What `commit` of the inbox promises. */
export const inboxCommits: readonly ContractCase[] = [
  {
    name: 'records a handler as done with what it has written',
    async check({ store: { inbox }, write, written }) {
      await inbox.insert(anEvent());
      const claim = await claimed(inbox, anEvent());
      await inbox.commit(claim, 'Shop.ship', async (tx) => {
        await write(tx, 'shipped');
        assert.deepEqual(await written(), []);
      });
      assert.deepEqual(await written(), ['shipped']);
      assert.deepEqual((await inbox.find(anEvent()))?.handlers, [aProgress()]);
    },
  },
  {
    name: 'leaves nothing of work that throws, and the handler not done',
    async check({ store: { inbox }, write, written }) {
      await inbox.insert(anEvent());
      const claim = await claimed(inbox, anEvent());
      const failing = inbox.commit(claim, 'Shop.ship', async (tx) => {
        await write(tx, 'half');
        throw new Error('out of stock');
      });
      await assert.rejects(failing, /out of stock/);
      assert.deepEqual((await inbox.find(anEvent()))?.handlers, []);
      await inbox.commit(claim, 'Shop.ship', (tx) => write(tx, 'whole'));
      assert.deepEqual(await written(), ['whole']);
    },
  },
  {
    name: 'runs the work of a handler once of 10 commits at once',
    async check({ store, another, write, written }) {
      const other = await another();
      await store.inbox.insert(anEvent());
      const claim = await claimed(store.inbox, anEvent());
      const results = await Promise.allSettled(
        upTo(10).map((n) =>
          (n % 2 === 0 ? store : other).inbox.commit(claim, 'Shop.ship', (tx) => write(tx, `${n}`)),
        ),
      );
      const lost = results.filter(({ status }) => status === 'rejected');
      assert.equal(lost.length, 9);
      for (const one of lost) {
        assert.equal(one.status === 'rejected' && one.reason.name, LEASE_LOST.name);
      }
      assert.equal((await written()).length, 1);
    },
  },
  {
    name: 'commits two handlers of one event at once, and both stand',
    async check({ store, another, write, written }) {
      const other = await another();
      await store.inbox.insert(anEvent());
      const claim = await claimed(store.inbox, anEvent());
      const slowly = (line: string) => async (tx: unknown) => {
        await write(tx, line);
        await sleep(50);
      };
      await Promise.all([
        store.inbox.commit(claim, 'Shop.ship', slowly('shipped')),
        other.inbox.commit(claim, 'Ledger.book', slowly('booked')),
      ]);
      assert.deepEqual((await written()).toSorted(), ['booked', 'shipped']);
      assert.deepEqual((await store.inbox.find(anEvent()))?.handlers, [
        aProgress({ handler: 'Ledger.book' }),
        aProgress(),
      ]);
    },
  },
  {
    name: 'lets no work stand that whoever claims the event meanwhile does not know of',
    async check({ store: { inbox }, another, write, written }) {
      const other = (await another()).inbox;
      await inbox.insert(anEvent());
      const claim = await claimed(inbox, anEvent(), 0);
      let rival: Promise<ClaimedEvent | undefined> | undefined;
      const committing = inbox.commit(claim, 'Shop.ship', async (tx) => {
        rival = other.claim(anEvent(), HOUR_MS);
        await sleep(100);
        await write(tx, 'shipped');
      });
      const stands = await committing.then(
        () => true,
        (thrown: unknown) => assert.equal(Reflect.get(Object(thrown), 'name'), LEASE_LOST.name),
      );
      const taken = await rival;
      const done = stands === true ? [aProgress()] : [];
      if (taken !== undefined) assert.deepEqual(taken.handlers, done);
      assert.deepEqual((await other.find(anEvent()))?.handlers, done);
      assert.equal((await written()).length, done.length);
    },
  },
  {
    name: 'keeps what is done done, whatever a conclusion says or a replay begins',
    async check({ store: { inbox } }) {
      await inbox.insert(anEvent());
      const claim = await claimed(inbox, anEvent());
      await inbox.commit(claim, 'Shop.ship', async () => undefined);
      const handlers = [
        aProgress({ state: 'failed', tries: 1, error: 'thrown after the commit' }),
        aProgress({ handler: 'Mail.send', state: 'failed', tries: 12, error: 'no stamp' }),
      ];
      await inbox.conclude(claim, aConclusion({ state: 'failed', handlers }));
      assert.deepEqual((await inbox.find(anEvent()))?.handlers[1], aProgress());
      assert.equal(await inbox.replay(anEvent()), true);
      const again = await claimed(inbox, anEvent());
      assert.deepEqual(again.handlers, [
        aProgress({ handler: 'Mail.send', state: 'open' }),
        aProgress(),
      ]);
      await assert.rejects(inbox.commit(again, 'Shop.ship', unexpected), LEASE_LOST);
      await inbox.commit(again, 'Mail.send', async () => undefined);
    },
  },
  {
    name: 'counts the failures of a handler that is done in the end',
    async check({ store: { inbox } }) {
      await inbox.insert(anEvent());
      const claim = await claimed(inbox, anEvent());
      const handlers = [aProgress({ state: 'open', tries: 2, error: 'no ink' })];
      await inbox.conclude(claim, aConclusion({ state: 'open', nextTryMs: 0, handlers }));
      const again = await claimed(inbox, anEvent());
      await inbox.commit(again, 'Shop.ship', async () => undefined);
      assert.deepEqual((await inbox.find(anEvent()))?.handlers, [
        aProgress({ tries: 2, error: 'no ink' }),
      ]);
    },
  },
  {
    name: 'takes the transaction back from work that was not waited for',
    async check({ store: { inbox }, write, written }) {
      await inbox.insert(anEvent());
      const claim = await claimed(inbox, anEvent());
      let late: unknown;
      await inbox.commit(claim, 'Shop.ship', async (tx) => {
        late = tx;
      });
      await assert.rejects(async () => write(late, 'late'), TypeError);
      assert.deepEqual(await written(), []);
    },
  },
  {
    name: 'commits nothing for an event that was never claimed or is not there',
    async check({ store: { inbox } }) {
      await inbox.insert(anEvent());
      for (const id of [anEvent().id, anEvent('unknown').id, 'a\0b']) {
        const claim = { account: 'default', id, token: 1 };
        await assert.rejects(inbox.commit(claim, 'Shop.ship', unexpected), LEASE_LOST);
        assert.equal(await inbox.conclude(claim, aConclusion()), false);
      }
    },
  },
];

async function unexpected(): Promise<void> {
  assert.fail('was run');
}
