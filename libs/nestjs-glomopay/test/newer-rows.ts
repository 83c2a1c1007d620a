import { expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { aKey, anIntent, aSettlement } from '../src/testing/contract/harness.js';
import type { TrackingStoreHarness } from '../src/testing/contract/harness.js';
import { aConclusion, anEvent, aProgress, claimed } from '../src/testing/contract/inbox-harness.js';

const HOUR_MS = 3_600_000;
const NEWER = /newer version has written/;

/** A store with a connection beside it. */
export interface SharedDatabase {
  readonly harness: TrackingStoreHarness;
  /** Writes what a newer version of the library would. */
  run(statement: string): Promise<unknown>;
}

/** What a store does with rows that a newer version of the library has written. */
export function leavesNewerRowsAlone(open: () => Promise<SharedDatabase>): void {
  const fact = (
    title: string,
    check: (database: SharedDatabase, lines: string[]) => Promise<void>,
  ): void => {
    it(title, async () => {
      const database = await open();
      const lines: string[] = [];
      Logger.overrideLogger({
        log: () => undefined,
        warn: () => undefined,
        error: (line: unknown) => lines.push(String(line)),
      });
      try {
        await database.harness.store.migrate();
        await check(database, lines);
      } finally {
        Logger.overrideLogger(true);
        await database.harness.close();
      }
    });
  };

  fact(
    'claims the payments that it can read, and leaves the others as they are',
    async (db, lines) => {
      const { store } = db.harness;
      const names = ['newer-state', 'newer-reason', 'good', 'fine'].map(
        (name) => `${name}-${Math.random()}`,
      );
      for (const requestId of names) await store.insert(anIntent({ requestId }), -1_000);
      const [state = '', reason = '', ...good] = names;
      await db.run(
        `UPDATE glomopay_movements SET state = 'authorised' WHERE request_id = '${state}'`,
      );
      await db.run(`UPDATE glomopay_movements SET reason = 'held' WHERE request_id = '${reason}'`);
      const due = await store.claimDue('default', 2, HOUR_MS);
      expect(due.map(({ requestId }) => requestId)).toEqual(good);
      expect(await store.claimDue('default', 2, HOUR_MS)).toEqual([]);
      expect(
        await db.run('SELECT request_id FROM glomopay_movements WHERE checks = 0'),
      ).toHaveLength(2);
      expect(lines).toEqual([
        expect.stringMatching(`default.*${state}.*state.*default.*${reason}.*reason`),
      ]);
    },
  );

  fact('neither claims nor lists a movement of a kind that it does not know', async (db, lines) => {
    const { store } = db.harness;
    const requestId = `newer-kind-${Math.random()}`;
    await store.insert(anIntent({ requestId }), -1_000);
    await db.run(`UPDATE glomopay_movements SET kind = 'payout' WHERE request_id = '${requestId}'`);
    expect((await store.insert(anIntent({ requestId }), HOUR_MS)).inserted).toBe(true);
    expect(await store.claimDue('default', 2, HOUR_MS)).toEqual([]);
    expect(await store.findBySubject('default', 'order_1')).toHaveLength(1);
    expect(await db.run('SELECT kind FROM glomopay_movements WHERE checks = 0')).toHaveLength(2);
    expect(lines).toEqual([expect.stringMatching(`default.*payout.*${requestId}.*kind`)]);
  });

  fact('lists the payments that it can read, as many as were asked for', async (db, lines) => {
    const { store } = db.harness;
    for (const requestId of ['a', 'b', 'c', 'd', 'e']) {
      await store.insert(anIntent({ requestId, reference: `r${Math.random()}` }), HOUR_MS);
      await store.settle(
        aKey(requestId),
        aSettlement({ state: 'needs_attention', reason: 'ambiguous' }),
      );
    }
    await db.run(`UPDATE glomopay_movements SET reason = 'held' WHERE request_id < 'c'`);
    const attention = await store.needingAttention('default', ['payment'], 2);
    expect(attention.map(({ requestId }) => requestId)).toEqual(['c', 'd']);
    const ofOrder = await store.findBySubject('default', 'order_1');
    expect(ofOrder.map(({ requestId }) => requestId)).toEqual(['c', 'd', 'e']);
    expect(lines).toEqual([expect.stringMatching(/"a".*reason.*"b".*reason/)]);
  });

  fact(
    'says of one payment that a newer version has written it, and changes nothing',
    async (db) => {
      const { store } = db.harness;
      await store.insert(anIntent(), HOUR_MS);
      await store.settle(aKey(), aSettlement({ state: 'attempted', objectId: 'payt_1' }));
      await db.run(`UPDATE glomopay_movements SET state = 'authorised'`);
      await expect(store.find(aKey())).rejects.toThrow(NEWER);
      await expect(store.findByObject('default', 'payt_1')).rejects.toThrow(NEWER);
      await expect(store.settle(aKey(), aSettlement({ state: 'failed' }))).rejects.toThrow(NEWER);
      const inserts = await Promise.allSettled([
        store.insert(anIntent(), HOUR_MS),
        store.insert(anIntent({ requestId: 'neighbour' }), HOUR_MS),
      ]);
      expect(inserts.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
      expect(
        await db.run(`SELECT version FROM glomopay_movements WHERE state = 'authorised'`),
      ).toHaveLength(1);
    },
  );

  fact(
    'works on the events that it can read, and leaves the others as they are',
    async (db, lines) => {
      const { inbox } = db.harness.store;
      const events = ['one', 'two', 'three'].map((name) => anEvent(`${name} ${Math.random()}`));
      const handlers = [aProgress({ state: 'open', tries: 1 })];
      for (const event of events) {
        await inbox.insert(event);
        const waiting = aConclusion({ state: 'open', nextTryMs: -1_000, handlers });
        await inbox.conclude(await claimed(inbox, event), waiting);
      }
      const [one, ...others] = events;
      const id = one?.id ?? '';
      await db.run(`UPDATE glomopay_event_handlers SET state = 'paused' WHERE event_id = '${id}'`);
      expect(await inbox.due('default', 1)).toEqual([others[0]?.id]);
      expect(await inbox.due('default', 9)).toEqual(others.map((event) => event.id));
      expect(await inbox.claim({ account: 'default', id }, HOUR_MS)).toBeUndefined();
      expect(
        await db.run(`SELECT id FROM glomopay_events WHERE id = '${id}' AND token = 2`),
      ).toHaveLength(1);
      await claimed(inbox, { account: 'default', id: others[0]?.id ?? '' });
      expect((await inbox.list('default', { limit: 2 })).map((event) => event.id)).toEqual(
        others.map((event) => event.id).toReversed(),
      );
      await expect(inbox.find({ account: 'default', id })).rejects.toThrow(NEWER);
      expect(lines[0]).toMatch(new RegExp(`default.*${id}.*state of a handler`));
    },
  );

  fact('lists no event in a state that it does not know, and says so', async (db, lines) => {
    const { inbox } = db.harness.store;
    const states = ['aborted', 'handed-on', 'later', 'parked', 'handled'];
    const events = states.map((name) => anEvent(`${name} ${Math.random()}`));
    for (const [index, event] of events.entries()) {
      await inbox.insert(event);
      await db.run(
        `UPDATE glomopay_events SET state = '${states[index]}' WHERE id = '${event.id}'`,
      );
    }
    const listed = await inbox.list('default', { limit: 10 });
    expect(listed.map(({ id }) => id)).toEqual([events[4]?.id]);
    for (const { id } of events.slice(0, 4)) expect(lines.join()).toContain(id);
    expect(await inbox.due('default', 10)).toEqual([]);
    await expect(inbox.find(anEvent('none'))).resolves.toBeUndefined();
    for (const event of events.slice(0, 4)) await expect(inbox.find(event)).rejects.toThrow(NEWER);
  });

  fact('skips noted handlers of a kind that it does not know', async (db) => {
    const { store } = db.harness;
    await store.noteHandlers([{ account: '', kind: 'event', handler: 'Shop.ship' }]);
    await db.run(`INSERT INTO glomopay_handlers (account, kind, handler, seen_at)
      SELECT account, 'dispute', handler, seen_at FROM glomopay_handlers`);
    expect(await store.notedHandlers()).toHaveLength(1);
  });
}
