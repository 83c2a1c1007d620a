import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { aSqliteFile, type SqliteFile } from '../../test/sqlite-file.js';
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import { anEvent, claimed, concluded } from '../testing/contract/inbox-harness.js';
import { SqliteTrackingStore } from './sqlite-tracking-store.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('SqliteTrackingStore when the clock of the machine is set back', () => {
  let file: SqliteFile;
  let store: SqliteTrackingStore<BetterSqlite3.Database>;
  let clockMs = 0;

  beforeEach(async () => {
    clockMs = Date.now();
    file = await aSqliteFile();
    store = new SqliteTrackingStore(() => {
      const database = new BetterSqlite3(file.path);
      // The store asks for the time in this one way.
      database.function('julianday', (_word) => clockMs / 86_400_000 + 2_440_587.5);
      return database;
    });
    await store.migrate();
  });
  afterEach(async () => {
    await store.close();
    await file.remove();
  });

  it('has the second try of an event due now, not in two hours', async () => {
    const { inbox } = store;
    await concluded(inbox, anEvent(), { state: 'open', nextTryMs: 1_000 });
    expect(await inbox.due('default', 10)).toEqual([]);
    clockMs -= 2 * HOUR_MS;
    expect(await inbox.due('default', 10)).toEqual([anEvent().id]);
    await claimed(inbox, anEvent());
  });

  it.each([
    ['was just written', async () => undefined],
    ['was put off', () => store.reschedule(aKey(), 15 * MINUTE_MS)],
    ['was changed', () => store.settle(aKey(), aSettlement({ state: 'attempted' }))],
  ])('has the next look at a payment due now that %s', async (_, prepare) => {
    await store.insert(anIntent(), 10 * MINUTE_MS);
    await prepare();
    expect(await store.claimDue('default', 10, MINUTE_MS)).toEqual([]);
    clockMs -= 2 * HOUR_MS;
    expect(await store.claimDue('default', 10, MINUTE_MS)).toHaveLength(1);
    expect(await store.claimDue('default', 10, MINUTE_MS)).toEqual([]);
  });

  it('has an event due that was replayed, and one that nobody has tried', async () => {
    const { inbox } = store;
    await concluded(inbox, anEvent('parked'), { state: 'failed' });
    await inbox.replay(anEvent('parked'));
    await inbox.insert(anEvent('new'));
    clockMs -= 2 * HOUR_MS;
    expect(await inbox.due('default', 10)).toHaveLength(2);
  });

  it('names the accounts of both', async () => {
    await concluded(store.inbox, anEvent(), { state: 'open', nextTryMs: 1_000 });
    await store.insert(anIntent(), 10 * MINUTE_MS);
    expect(await store.inbox.accountsDue()).toEqual([]);
    expect(await store.accountsDue()).toEqual([]);
    clockMs -= 2 * HOUR_MS;
    expect(await store.inbox.accountsDue()).toEqual(['default']);
    expect(await store.accountsDue()).toEqual(['default']);
  });

  it('lets a lease begin anew: whoever works under it is not disturbed, and it ends', async () => {
    const { inbox } = store;
    await inbox.insert(anEvent());
    await store.insert(anIntent(), -1_000);
    const claim = await claimed(inbox, anEvent(), MINUTE_MS);
    await store.claimDue('default', 1, MINUTE_MS);
    clockMs -= 2 * HOUR_MS;
    expect(await inbox.due('default', 10)).toEqual([]);
    expect(await store.claimDue('default', 1, MINUTE_MS)).toEqual([]);
    clockMs += MINUTE_MS + 1;
    expect(await store.claimDue('default', 1, MINUTE_MS)).toHaveLength(1);
    expect((await claimed(inbox, anEvent())).token).toBeGreaterThan(claim.token);
  });

  it('keeps a pause that is as long as it was meant to be', async () => {
    await concluded(store.inbox, anEvent(), { state: 'open', nextTryMs: HOUR_MS });
    clockMs -= 5_000;
    expect(await store.inbox.due('default', 10)).toEqual([]);
    clockMs += HOUR_MS;
    expect(await store.inbox.due('default', 10)).toEqual([]);
    clockMs += 6_000;
    expect(await store.inbox.due('default', 10)).toEqual([anEvent().id]);
  });
});
