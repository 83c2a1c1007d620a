import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ReceivedEvent } from '../../tracking/store/inbox-event.js';
import type { Settlement } from '../../tracking/store/tracking-store.js';
import { aKey, anIntent, aSettlement, upTo, type ContractCase } from './harness.js';
import { aConclusion, claimed } from './inbox-harness.js';

const change = { state: 'succeeded', objectId: 'payt_1' } as const;

/** What a settlement promises of the event that is to follow it. */
export const followUps: readonly ContractCase[] = [
  {
    name: 'puts a follow-up into the inbox with the change, to be claimed once it is committed',
    async check({ store, another }) {
      const other = await another();
      await store.insert(anIntent(), 0);
      const event = aFollowUp('{"n": "Zahlung „offen“ 👍"}');
      const seen: unknown[] = [];
      const settled = await store.settle(
        aKey(),
        aSettlement(change, {
          followUp(before, made) {
            seen.push(before, made);
            return event;
          },
          effect: async () => {
            assert.equal(await other.inbox.find(event), undefined);
            assert.deepEqual(await other.inbox.due('default', 10), []);
          },
        }),
      );
      assert.deepEqual(seen, [settled?.before, change]);
      assert.deepEqual(await other.inbox.due('default', 10), [event.id]);
      const claims = await Promise.all(
        [store, other].map(({ inbox }) => inbox.claim(event, 60_000)),
      );
      const [claim, ...rest] = claims.filter((one) => one !== undefined);
      assert.deepEqual([claim?.body, claim?.token, rest], [event.body, 1, []]);
      assert.equal((await store.inbox.counts('default')).open, 1);
    },
  },
  {
    name: 'leaves no follow-up of a settlement that was rolled back or decided nothing',
    async check({ store }) {
      await store.insert(anIntent(), 0);
      const event = aFollowUp();
      const failing: Partial<Settlement<unknown>> = {
        followUp: () => event,
        effect: async () => {
          throw new Error('handler failed');
        },
      };
      await assert.rejects(store.settle(aKey(), aSettlement(change, failing)), /handler failed/);
      const nothing = { followUp: () => event, decide: () => undefined };
      await store.settle(aKey(), aSettlement(change, nothing));
      await store.settle(aKey(), aSettlement(change, { followUp: () => undefined }));
      assert.equal(await store.inbox.find(event), undefined);
      assert.deepEqual(await store.inbox.due('default', 10), []);
    },
  },
  {
    name: 'leaves a follow-up alone that is there, whatever has become of it',
    async check({ store }) {
      const event = aFollowUp();
      for (const requestId of ['a', 'b', 'c']) {
        await store.insert(anIntent({ requestId, subjectId: requestId }), 0);
      }
      const settle = (requestId: string, body: string) =>
        store.settle(
          aKey(requestId),
          aSettlement(
            { state: 'failed' },
            { followUp: () => ({ ...event, body: Buffer.from(body) }) },
          ),
        );
      await settle('a', 'first');
      assert.equal((await settle('b', 'second'))?.after.state, 'failed');
      const claim = await claimed(store.inbox, event);
      assert.equal(claim.body.toString(), 'first');
      await store.inbox.conclude(claim, aConclusion());
      assert.equal((await settle('c', 'third'))?.after.state, 'failed');
      assert.equal((await store.inbox.find(event))?.state, 'handled');
      assert.deepEqual(await store.inbox.due('default', 10), []);
    },
  },
  {
    name: 'writes no follow-up again that was purged',
    async check({ store }) {
      const event = aFollowUp();
      const settle = (requestId: string) =>
        store.settle(aKey(requestId), aSettlement({ state: 'failed' }, { followUp: () => event }));
      for (const requestId of ['a', 'b']) {
        await store.insert(anIntent({ requestId, subjectId: requestId }), 0);
      }
      await settle('a');
      await store.inbox.conclude(await claimed(store.inbox, event), aConclusion());
      assert.equal(await store.inbox.purge('default', new Date(Date.now() + 60_000)), 1);
      assert.equal((await settle('b'))?.after.state, 'failed');
      assert.equal(await store.inbox.find(event), undefined);
      assert.equal(await store.inbox.insert(event), false);
    },
  },
  {
    name: 'puts one follow-up for 20 witnesses of one payment at once, also an empty one',
    async check({ store, another }) {
      const other = await another();
      await store.insert(anIntent(), 0);
      const event = aFollowUp('');
      await Promise.all(
        upTo(20).map((n) =>
          (n % 2 === 0 ? store : other).settle(
            aKey(),
            aSettlement(change, { followUp: () => event }),
          ),
        ),
      );
      assert.equal((await store.inbox.counts('default')).open, 1);
      assert.deepEqual((await claimed(store.inbox, event)).body, Buffer.alloc(0));
    },
  },
];

function aFollowUp(body = '{"n":1}'): ReceivedEvent {
  const id = `after-${createHash('sha256').update(body).digest('hex')}`;
  return { account: 'default', id, body: Buffer.from(body) };
}
