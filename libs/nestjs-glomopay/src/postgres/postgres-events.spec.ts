import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import { eventsOfKilledProcess, fourProcessesHandle } from '../../test/storage-processes.js';
import { aWatchedPostgres, type Tx, type WatchedPostgres } from '../../test/watched-postgres.js';
import { upTo } from '../testing/contract/harness.js';
import { aConclusion, anEvent, aProgress, claimed } from '../testing/contract/inbox-harness.js';
import type { InboxStore } from '../tracking/store/inbox-store.js';
import * as statements from './inbox-statements.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;

suite(`PostgresEvents (${postgresPlace})`, () => {
  let watched: WatchedPostgres;
  let schema: PostgresSchema;
  let inbox: InboxStore<Tx>;

  beforeAll(async () => {
    watched = await aWatchedPostgres();
    schema = watched.schema;
    inbox = watched.store.inbox;
  });
  beforeEach(() => watched.forget());
  afterAll(() => watched.close());

  it('waits for the disk although the session does not', async () => {
    await schema.host.query(`
      CREATE TABLE commits (setting text);
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO commits VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER note AFTER INSERT OR UPDATE ON glomopay_events
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note();
      CREATE CONSTRAINT TRIGGER note AFTER INSERT OR UPDATE ON glomopay_event_handlers
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note()`);
    await inbox.insert(anEvent());
    const claim = await claimed(inbox, anEvent());
    await inbox.commit(claim, 'Shop.ship', async () => undefined);
    const handlers = [aProgress({ handler: 'Mail.send', state: 'failed' })];
    await inbox.conclude(claim, aConclusion({ state: 'failed', handlers }));
    await inbox.replay(anEvent());
    const { rows } = await schema.host.query('SELECT setting FROM commits');
    await schema.host.query('DROP FUNCTION note CASCADE');
    expect(rows).toEqual(upTo(7).map(() => ({ setting: 'on' })));
  });

  it('writes a lone event at once, in one statement', async () => {
    const insert = inbox.insert(anEvent('lone'));
    await Promise.resolve();
    expect(watched.seen).toEqual([statements.insertEvent]);
    await insert;
    expect(watched.seen).toHaveLength(1);
  });

  it('claims an event for the first time in one statement', async () => {
    await inbox.insert(anEvent('first'));
    watched.forget();
    await claimed(inbox, anEvent('first'));
    expect(watched.seen).toEqual([statements.claimEvent]);
  });

  it('gathers what arrives meanwhile, with two statements under way at most', async () => {
    const inserts: Promise<unknown>[] = [];
    for (const n of upTo(200)) {
      inserts.push(inbox.insert(anEvent(`gathered ${n}`)));
      await new Promise(setImmediate);
    }
    await Promise.all(inserts);
    expect(watched.seen.length).toBeLessThan(200);
    expect(watched.most).toBe(2);
  });

  it('puts no more than 4 MiB into one statement', async () => {
    const events = upTo(10).map((n) => anEvent(Buffer.alloc(1_048_576, `${n}`)));
    const results = await Promise.all(events.map((event) => inbox.insert(event)));
    expect(results).toEqual(events.map(() => true));
    expect(watched.seen).toHaveLength(3);
  });

  it('refuses exactly the event that the database refuses', async () => {
    await schema.host.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.body = '\\x626164' THEN RAISE 'refused by the host'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON glomopay_events
        FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const results = await Promise.allSettled(
      upTo(30).map((n) => inbox.insert(anEvent(n % 20 === 4 ? 'bad' : `good ${n}`))),
    );
    await schema.host.query('DROP FUNCTION refuse CASCADE');
    expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([4, 24]);
    expect(await inbox.insert(anEvent('good 29'))).toBe(false);
  });

  it('leaves an event at once while a handler of it is at work', async () => {
    await inbox.insert(anEvent('at work'));
    const claim = await claimed(inbox, anEvent('at work'), 0);
    await inbox.commit(claim, 'Shop.ship', async () => {
      expect(await inbox.claim(anEvent('at work'), 0)).toBeUndefined();
      expect(await inbox.due('default', 1_000)).toContain(claim.id);
    });
    expect((await claimed(inbox, anEvent('at work'), 0)).handlers).toEqual([aProgress()]);
  });

  it('lets two handlers of one event work at the same time', async () => {
    await inbox.insert(anEvent('shared'));
    const claim = await claimed(inbox, anEvent('shared'));
    let meet: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (meet = resolve));
    await Promise.all([
      inbox.commit(claim, 'Shop.ship', () => both),
      inbox.commit(claim, 'Ledger.book', async () => meet()),
    ]);
    expect((await inbox.find(anEvent('shared')))?.handlers).toHaveLength(2);
  });

  it('does not conclude while a handler of the event is at work', async () => {
    await inbox.insert(anEvent('early'));
    const claim = await claimed(inbox, anEvent('early'));
    let concluding: Promise<unknown> = Promise.resolve();
    let isOver = false;
    await inbox.commit(claim, 'Shop.ship', async () => {
      concluding = inbox.conclude(claim, aConclusion()).then(() => expect(isOver).toBe(true));
      concluding.catch(() => undefined);
      await sleep(50);
      isOver = true;
    });
    await concluding;
    expect((await inbox.find(anEvent('early')))?.handlers).toEqual([aProgress()]);
  });

  it('handles each event once with 4 processes on one database', async () => {
    const other = await aPostgresSchema();
    const handled = await fourProcessesHandle('postgres', JSON.stringify(other.config()));
    expect(handled.reduce((total, one) => total + one)).toBe(40);
    const lines = await other.lines();
    expect(lines).toHaveLength(40);
    expect(new Set(lines).size).toBe(40);
    await other.drop();
  });

  it('has every event that a killed process had said was written', async () => {
    const settings = schema.config('-c synchronous_commit=off');
    const bodies = await eventsOfKilledProcess('postgres', JSON.stringify(settings));
    expect(bodies.length).toBeGreaterThan(100);
    const found = await Promise.all(bodies.map((body) => inbox.body(anEvent(body))));
    expect(found.map((body) => body?.toString())).toEqual(bodies);
  });

  it('forgets keys hour by hour, past those whose events are there', async () => {
    const account = 'hours';
    const event = (n: number) => anEvent(`hour ${n}`, account);
    for (const n of upTo(6)) await inbox.insert(event(n));
    const ofEach = (n: number) => `'${event(n).id}'`;
    for (const n of upTo(6)) {
      const back = `interval '${10 + n * 7} hours 20 minutes'`;
      await schema.host.query(`
        UPDATE glomopay_events SET received_at = received_at - ${back} WHERE id = ${ofEach(n)};
        UPDATE glomopay_event_keys SET received_by = received_by - ${back}
          WHERE account = '${account}' AND key = substr(${ofEach(n)}, 7, 32)::uuid`);
    }
    for (const n of [0, 2, 5]) {
      await inbox.conclude(await claimed(inbox, event(n)), aConclusion());
    }
    expect(await inbox.purge(account, new Date())).toBe(3);
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    expect(await inbox.forgetKeys(account, hoursAgo(20))).toBe(2);
    expect(await Promise.all(upTo(6).map((n) => inbox.insert(event(n))))).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
    expect(await inbox.forgetKeys(account, hoursAgo(2))).toBe(1);
  });

  describe('with 20,000 events', () => {
    const id = '0'.repeat(63);
    const asked: readonly [string, readonly (string | number)[]][] = [
      [statements.claimEvent, [1_000, 'default', `${id}1`]],
      [statements.dueEvents, ['default', 64]],
      [statements.markDone, ['Shop.ship', 'default', `${id}1`, 0]],
      [
        statements.concludeEvent,
        [
          JSON.stringify({ account: 'default', id: `${id}1`, token: 0, state: 'handled' }),
          JSON.stringify([aProgress()]),
        ],
      ],
      [statements.findEvent, ['default', `${id}1`]],
      [statements.findBody, ['default', `${id}1`]],
      [statements.findProgress, ['default', JSON.stringify([`${id}1`, `${id}2`])]],
      [statements.listEvents, ['default', 'open,handled,failed', 8.64e15, 50]],
      [statements.listEvents, ['default', 'failed', 8.64e15, 1_000]],
      [statements.listObject, ['default', 'open,handled,failed', 8.64e15, 50, 'payt_7']],
      [statements.unknownEvents, ['default', 8.64e15]],
      [statements.recallEvents, []],
      [statements.replayEvent, ['default', `${id}1`]],
      [statements.purgeEvents, ['default', 8.64e15, 500, 'handled,failed']],
      [statements.forgetKeys, ['default', 8.64e15, 1_000, 0]],
      [statements.inboxCounts, ['default']],
    ];

    beforeAll(async () => {
      await schema.host.query(`
        INSERT INTO glomopay_events (account, id, received_at, state, object_id, next_try_at, body)
        SELECT 'default', lpad(to_hex(n), 64, '0'), now() - n * interval '1 second',
          CASE n % 100 WHEN 0 THEN 'open' WHEN 1 THEN 'failed' ELSE 'handled' END,
          'payt_' || n % 5000, CASE n % 100 WHEN 0 THEN now() END,
          convert_to(repeat(md5(n::text), 30), 'UTF8')
        FROM generate_series(1, 20000) n;
        INSERT INTO glomopay_event_handlers (account, event_id, received_at, handler, state, tries)
        SELECT account, id, received_at, 'Shop.ship', 'done', 0 FROM glomopay_events
          ON CONFLICT DO NOTHING;
        INSERT INTO glomopay_event_keys (received_by, key, account)
        SELECT now() - n * interval '1 second', md5(n::text)::uuid, 'default'
        FROM generate_series(1, 20000) n`);
      await schema.host.query(
        'ANALYZE glomopay_events, glomopay_event_handlers, glomopay_event_keys',
      );
    });

    const planOf = (mode: string, statement: string, params: readonly (string | number)[]) =>
      watched.adapter.transaction(async (_, query) => {
        await query(`SET LOCAL plan_cache_mode = ${mode}`, []);
        const rows = await query(`EXPLAIN ${statement}`, params);
        return rows.map((row) => String(row['QUERY PLAN']));
      });

    describe.each(['force_custom_plan', 'force_generic_plan'])('and %s', (mode) => {
      it('reads no table from end to end', async () => {
        for (const [statement, params] of asked) {
          const plan = await planOf(mode, statement, params);
          expect([statement, plan.filter((line) => line.includes('Seq Scan'))]).toEqual([
            statement,
            [],
          ]);
        }
      });

      it('finds the longest due and the newest in the order of an index', async () => {
        const due = await planOf(mode, statements.dueEvents, ['default', 64]);
        expect(due.filter((line) => line.includes('Sort'))).toEqual([]);
        const all = ['default', 'open,handled,failed', 8.64e15, 50];
        expect((await planOf(mode, statements.listEvents, all)).join()).toContain(
          'Index Scan Backward using glomopay_events_received',
        );
      });
    });
  });
});
