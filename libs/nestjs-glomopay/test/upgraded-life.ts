import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aKey, anIntent, aSettlement } from '../src/testing/contract/harness.js';
import { aConclusion, anEvent, aProgress, claimed } from '../src/testing/contract/inbox-harness.js';
import { witnesses } from '../src/tracking/store/history-line.js';
import type { ReceivedEvent } from '../src/tracking/store/inbox-event.js';
import type { ExaminableTables } from '../src/tracking/store/sql/tables-report.js';
import type { TrackingStore } from '../src/tracking/store/tracking-store.js';
import { schemaSql } from './older-schema.js';

const HOUR_MS = 3_600_000;

/** A database for the tables of version 0.1.0, and a way to those of this one. */
export interface Upgrade {
  /** Runs statements on the tables as 0.1.0 has named them. */
  run(statements: string): Promise<unknown>;
  /** Brings them to this version, and gives the store that uses them. */
  upgraded(): Promise<TrackingStore & ExaminableTables>;
  close(): Promise<void>;
}

/** One event in each condition that 0.1.0 leaves one in. */
const events = Object.fromEntries(
  ['waiting', 'halfDone', 'later', 'parked', 'handled', 'purged', 'purgedParked'].map((name) => [
    name,
    anEvent(JSON.stringify({ name })),
  ]),
) as Record<
  'waiting' | 'halfDone' | 'later' | 'parked' | 'handled' | 'purged' | 'purgedParked',
  ReceivedEvent
>;

function literals(all: readonly unknown[]): string {
  return all.map((one) => (one === null ? 'NULL' : `'${String(one)}'`)).join(', ');
}

/** Everything that a database of 0.1.0 can hold: a payment in every state, and an event in every condition. */
function rowsOfBefore(dialect: 'postgres' | 'sqlite'): string {
  const isPostgres = dialect === 'postgres';
  const now = Date.now();
  const [yes, no] = isPostgres ? ['true', 'false'] : ['1', '0'];
  const at = (ms: number): string =>
    isPostgres ? `'${new Date(now + ms).toISOString()}'` : `${now + ms}`;
  const bytesOf = ({ body }: ReceivedEvent): string =>
    isPostgres ? `'\\x${body.toString('hex')}'` : `x'${body.toString('hex')}'`;
  const old = at(-48 * HOUR_MS);
  const payments = [
    ['created', 'order_1', null, 'created', null, null, no, 3, at(-1_000)],
    ['attempted', 'order_2', null, 'attempted', null, 'payt_2', no, 1, at(HOUR_MS)],
    ['paid', 'order_3', null, 'succeeded', null, 'payt_3', no, 1, null],
    ['failed', 'order_3', null, 'failed', 'rejected', null, no, 0, null],
    ['differs', 'order_4', null, 'mismatch', 'amount_differs', 'payt_4', yes, 2, null],
    ['stuck', null, null, 'needs_attention', 'no_outcome', null, yes, 60, null],
    ['contradicted', 'order_5', null, 'succeeded', 'terminal_conflict', 'payt_5', yes, 4, null],
    ['first', null, 'sub_1', 'succeeded', null, 'payt_6', no, 1, null],
    ['second', null, 'sub_1', 'succeeded', null, 'payt_7', no, 1, null],
  ].map(([request, order, subscription, state, reason, payment, needsPerson, checks, next]) => {
    const texts = [request, `ref of ${request}`, order, subscription];
    const rest = [state, reason, payment];
    return `('default', ${literals(texts)}, 1000, 'USD', ${literals(rest)}, ${yes}, 'a text of a bank',
      ${needsPerson}, 5, ${checks}, ${old}, ${old}, ${next ?? 'NULL'})`;
  });
  const rows = (
    [
      ['waiting', 'open', at(-1_000), 0, true],
      ['halfDone', 'open', at(-2_000), 4, true],
      ['later', 'open', at(HOUR_MS), 2, true],
      ['parked', 'failed', null, 9, true],
      ['handled', 'handled', null, 2, true],
      ['purged', 'handled', null, 2, false],
      ['purgedParked', 'failed', null, 2, false],
    ] as const
  ).map(([name, state, next, token, hasBody]) => {
    const body = hasBody ? bytesOf(events[name]) : 'NULL';
    return `('default', '${events[name].id}', ${old}, 'payment.success', 'payt_3', '${state}',
      ${next ?? 'NULL'}, ${token}, ${body})`;
  });
  const progress = (
    [
      ['halfDone', 'Shop.ship', 'done', 0, null],
      ['halfDone', 'Shop.mail', 'open', 2, 'no ink'],
      ['parked', 'Shop.ship', 'done', 0, null],
      ['parked', 'Shop.mail', 'failed', 12, 'no paper'],
      ['handled', 'Shop.ship', 'done', 0, null],
      ['purged', 'Shop.ship', 'done', 0, null],
    ] as const
  ).map(
    ([name, handler, state, tries, error]) =>
      `('default', '${events[name].id}', '${handler}', '${state}', ${tries},
        ${error === null ? 'NULL' : `'${error}'`})`,
  );
  return `
    INSERT INTO glomopay_payments (account, request_id, reference, order_id, subscription_id, amount,
      currency, state, reason, payment_id, funds_available, error_description, needs_person, version, checks,
      created_at, updated_at, next_check_at) VALUES ${payments.join(', ')};
    INSERT INTO glomopay_events (account, id, received_at, type, object_id, state, next_try_at, token,
      body) VALUES ${rows.join(', ')};
    INSERT INTO glomopay_event_handlers VALUES ${progress.join(', ')}`;
}

/** Life goes on in what 0.1.0 has left, whichever way its tables came here. */
export function livesOnAfterUpgrade(
  dialect: 'postgres' | 'sqlite',
  ways: Readonly<Record<string, () => Promise<Upgrade>>>,
): void {
  describe.each(Object.entries(ways))('after version 0.1.0 was in use, %s', (_, open) => {
    let upgrade: Upgrade;
    let store: TrackingStore & ExaminableTables;
    beforeEach(async () => {
      upgrade = await open();
      await upgrade.run(schemaSql(dialect, 1));
      await upgrade.run(schemaSql(dialect, 2));
      await upgrade.run(rowsOfBefore(dialect));
      store = await upgrade.upgraded();
    });
    afterEach(() => upgrade.close());

    it('has the tables of this version, and every payment as it was', async () => {
      const { version, differences } = await store.examineTables();
      expect([version, differences]).toEqual([3, []]);
      const records = await store.within('default', {
        from: new Date(0),
        to: new Date(),
        limit: 100,
      });
      expect(
        records
          .map(({ kind, requestId, reference, subjectId, state, version: v, checks }) =>
            [kind, requestId, reference, subjectId, state, v, checks].join(' '),
          )
          .toSorted(),
      ).toEqual([
        'payment attempted ref of attempted order_2 attempted 5 1',
        'payment contradicted ref of contradicted order_5 succeeded 5 4',
        'payment created ref of created order_1 created 5 3',
        'payment differs ref of differs order_4 mismatch 5 2',
        'payment failed ref of failed order_3 failed 5 0',
        'payment first ref of first sub_1 succeeded 5 1',
        'payment paid ref of paid order_3 succeeded 5 1',
        'payment second ref of second sub_1 succeeded 5 1',
        'payment stuck ref of stuck  needs_attention 5 60',
      ]);
      expect(await store.counts('default', ['payment'])).toEqual({ open: 2, needsAttention: 3 });
      expect(await store.inbox.counts('default')).toMatchObject({ open: 3, failed: 1 });
    });

    it('starts no payment a second time, and ends what was open once', async () => {
      for (const requestId of ['created', 'attempted', 'paid', 'failed', 'stuck', 'first']) {
        const { inserted } = await store.insert(anIntent({ requestId }), HOUR_MS);
        expect([requestId, inserted]).toEqual([requestId, false]);
      }
      await store.insert(anIntent({ requestId: 'twice', subjectId: 'order_3' }), HOUR_MS);
      const paid = aSettlement({ state: 'succeeded' });
      await expect(store.settle(aKey('twice'), paid)).rejects.toThrow();
      const ofPayment = aSettlement({ state: 'succeeded', objectId: 'payt_6' });
      await expect(store.settle(aKey('created'), ofPayment)).rejects.toThrow();
      const due = await store.claimDue('default', 10, HOUR_MS);
      expect(due.map(({ requestId }) => requestId)).toEqual(['created']);
      let effects = 0;
      const settlement = aSettlement(
        { state: 'succeeded', objectId: 'payt_1' },
        { effect: async () => void (effects += 1), witness: witnesses.check },
      );
      await Promise.all([1, 2, 3].map(() => store.settle(aKey('created'), settlement)));
      expect(effects).toBe(1);
      expect((await store.history(aKey('created'))).map(({ to }) => to)).toContain('succeeded');
      expect(await store.findBySubject('default', 'sub_1')).toHaveLength(2);
      expect(await store.findByReference('default', 'ref of stuck', 10)).toHaveLength(1);
    });

    it('knows every event that is delivered late, and takes a new one', async () => {
      for (const [name, event] of Object.entries(events)) {
        expect([name, await store.inbox.insert(event)]).toEqual([name, false]);
      }
      expect(await store.inbox.insert(anEvent('new'))).toBe(true);
      expect(await store.inbox.counts('default')).toMatchObject({ open: 4, failed: 1 });
    });

    it('handles what was open once, from where it stood', async () => {
      const { inbox } = store;
      expect(await inbox.due('default', 10)).toEqual([events.halfDone.id, events.waiting.id]);
      const claim = await claimed(inbox, events.halfDone);
      expect(claim.token).toBe(5);
      expect(claim.body).toEqual(events.halfDone.body);
      const ship = inbox.commit(claim, 'Shop.ship', async () => undefined);
      await expect(ship).rejects.toMatchObject({ name: 'LeaseLostError' });
      let mails = 0;
      await inbox.commit(claim, 'Shop.mail', async () => void (mails += 1));
      expect(await inbox.conclude(claim, aConclusion())).toBe(true);
      expect(await inbox.conclude(await claimed(inbox, events.waiting), aConclusion())).toBe(true);
      expect(await inbox.due('default', 10)).toEqual([]);
      expect(mails).toBe(1);

      expect(await inbox.replay(events.parked)).toBe(true);
      const again = await claimed(inbox, events.parked);
      expect(again.handlers.toSorted((a, b) => (a.handler < b.handler ? -1 : 1))).toEqual([
        aProgress({ handler: 'Shop.mail', state: 'open', tries: 0 }),
        aProgress(),
      ]);
      await inbox.commit(again, 'Shop.mail', async () => undefined);
      expect(await inbox.conclude(again, aConclusion())).toBe(true);
      expect(await inbox.counts('default')).toMatchObject({ open: 1, failed: 0 });
    });

    it('forgets a person, and knows what it has forgotten', async () => {
      const erasure = {
        reference: 'erased:1',
        eventIds: [],
        objectIds: ['payt_3'],
        keepsLine: true,
      };
      expect((await store.erase(aKey('created'), erasure))?.fault).toBe('open');
      expect((await store.erase(aKey('stuck'), erasure))?.fault).toBe('needs_person');
      // Three of its events wait, and one is parked.
      expect((await store.erase(aKey('paid'), erasure))?.fault).toBe('event_waits');
      const { inbox } = store;
      const { handled } = events;
      const own = { ...erasure, objectIds: [], eventIds: [handled.id] };
      expect(await store.erase(aKey('paid'), own)).toMatchObject({ changed: true, events: 1 });
      expect(await store.find(aKey('paid'))).toMatchObject({
        reference: 'erased:1',
        errorDescription: null,
        state: 'succeeded',
        amount: 1_000,
        objectId: 'payt_3',
      });
      expect(await inbox.find(handled)).toBeUndefined();
      expect(await inbox.insert(handled)).toBe(false);
    });

    it('forgets by age: events at first, and their keys when those are old too', async () => {
      const { inbox } = store;
      const young = new Date(Date.now() - 24 * HOUR_MS);
      expect(await inbox.purge('default', young)).toBe(2);
      for (const event of [events.handled, events.parked, events.purged]) {
        expect(await inbox.find(event)).toBeUndefined();
        expect(await inbox.insert(event)).toBe(false);
      }
      expect(await inbox.forgetKeys('default', young)).toBe(4);
      expect(await inbox.forgetKeys('default', young)).toBe(0);
      expect(await inbox.insert(events.purged)).toBe(true);
      for (const event of [events.waiting, events.halfDone, events.later]) {
        expect(await inbox.insert(event)).toBe(false);
      }
      expect(await store.purge('default', new Date())).toBe(0);
    });
  });
}
