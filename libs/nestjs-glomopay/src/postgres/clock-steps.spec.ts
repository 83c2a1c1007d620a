import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import { openPostgres, pgStack } from '../../test/postgres-stacks.js';
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import { anEvent, claimed, concluded } from '../testing/contract/inbox-harness.js';
import type { TrackingStore } from '../tracking/store/tracking-store.js';

const MINUTE_MS = 60_000;
const suite = (await isPostgresThere()) ? describe : describe.skip;

suite(`PostgresTrackingStore when the server's clock is set back (${postgresPlace})`, () => {
  let harness: Awaited<ReturnType<typeof openPostgres>>;
  let store: TrackingStore;

  beforeEach(async () => {
    harness = await openPostgres(pgStack);
    store = harness.store;
    await store.migrate();
  });
  afterEach(() => harness.close());

  /** The clock cannot be moved, so everything that was written is: it comes to the same. */
  const setBackTwoHours = () => moveBy("interval '2 hours'");
  const setForward = (time: string) => moveBy(`-interval '${time}'`);

  async function moveBy(interval: string): Promise<void> {
    for (const [table, next] of [
      ['glomopay_events', 'next_try_at'],
      ['glomopay_movements', 'next_check_at'],
    ]) {
      await harness.run(`UPDATE ${table} SET ${next} = ${next} + ${interval},
        scheduled_at = scheduled_at + ${interval}`);
    }
  }

  it('has second tries, replays and new events due now', async () => {
    const { inbox } = store;
    await concluded(inbox, anEvent('again'), { state: 'open', nextTryMs: 1_000 });
    await concluded(inbox, anEvent('parked'), { state: 'failed' });
    await inbox.replay(anEvent('parked'));
    await inbox.insert(anEvent('new'));
    await setBackTwoHours();
    expect(await inbox.due('default', 10)).toHaveLength(3);
  });

  it('has the next looks at payments due now', async () => {
    for (const requestId of ['new', 'put off', 'changed', 'later']) {
      await store.insert(anIntent({ requestId }), 10 * MINUTE_MS);
    }
    await store.reschedule(aKey('put off'), 15 * MINUTE_MS);
    await store.settle(aKey('changed'), aSettlement({ state: 'attempted' }));
    await setBackTwoHours();
    await store.insert(anIntent({ requestId: 'later still' }), 10 * MINUTE_MS);
    expect(await store.claimDue('default', 10, MINUTE_MS)).toHaveLength(4);
    expect(await store.claimDue('default', 10, MINUTE_MS)).toEqual([]);
  });

  it('names the accounts of both', async () => {
    await concluded(store.inbox, anEvent(), { state: 'open', nextTryMs: 1_000 });
    await store.insert(anIntent(), 10 * MINUTE_MS);
    await setBackTwoHours();
    expect(await store.inbox.accountsDue()).toEqual(['default']);
    expect(await store.accountsDue()).toEqual(['default']);
  });

  it('lets a lease begin anew, and waits for nobody who works under one', async () => {
    const { inbox } = store;
    await inbox.insert(anEvent());
    await store.insert(anIntent(), -1_000);
    const claim = await claimed(inbox, anEvent(), MINUTE_MS);
    await store.claimDue('default', 1, MINUTE_MS);
    await setBackTwoHours();
    const other = await harness.another();
    await inbox.commit(claim, 'Shop.ship', async () => {
      expect(await other.inbox.due('default', 10)).toEqual([]);
    });
    // A store looks every few seconds; one that has just been opened looks at once.
    const fresh = await harness.another();
    expect(await fresh.inbox.due('default', 10)).toEqual([]);
    expect(await fresh.claimDue('default', 1, MINUTE_MS)).toEqual([]);
    await setForward('1 minute');
    expect(await inbox.due('default', 10)).toEqual([anEvent().id]);
    expect(await store.claimDue('default', 1, MINUTE_MS)).toHaveLength(1);
  });
});
