import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { handedOn } from '../../test/handed-on.js';
import { aPostgresPlace } from '../../test/postgres-place.js';
import { aPostgresWithRoles } from '../../test/postgres-roles.js';
import {
  aPostgresSchema,
  aSchemaHandedOn,
  isPostgresThere,
  postgresPlace,
  type PostgresSchema,
} from '../../test/postgres-schema.js';
import { openPostgres, pgStack } from '../../test/postgres-stacks.js';
import { aKey, anIntent, aSettlement, upTo } from '../testing/contract/harness.js';
import { aConclusion, anEvent, aProgress, claimed } from '../testing/contract/inbox-harness.js';
import { trackingStoreContract } from '../testing/tracking-store-contract.js';
import { witnesses } from '../tracking/store/history-line.js';
import { morePostgresPartitions, postgresPartitions } from './partitions.js';
import type { PostgresStoreOptions } from './postgres-store-options.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;
const HOUR_MS = 3_600_000;

const YESTERDAY = new Date(Date.now() - 24 * HOUR_MS);

/** A schema whose tables are partitioned: this month and the next are in partitions of their own. */
async function aPartitioned(
  schema: PostgresSchema & { readonly place?: PostgresStoreOptions },
  months: number,
) {
  const { store, close } = await openPostgres(pgStack, '', async () => ({
    ...schema,
    drop: async () => undefined,
  }));
  await store.migrate();
  await close();
  const statements = postgresPartitions({ from: YESTERDAY, months, ...schema.place });
  await schema.host.query(['BEGIN', ...statements, 'COMMIT'].join(';'));
  return schema;
}

const openPartitioned = () =>
  openPostgres(pgStack, '', async () => aPartitioned(await aPostgresSchema(), 3));

/** The contract on one partitioned schema, which each test leaves empty to the next. */
function passTheContract(
  aSchema: () => Promise<PostgresSchema>,
  options?: PostgresStoreOptions,
): void {
  const schema = aSchemaHandedOn(aSchema);
  const kept = handedOn(pgStack);
  afterAll(async () => {
    await kept.end();
    await schema.drop();
  });
  const open = () =>
    openPostgres(
      (config) => kept.open(config),
      '',
      () => schema.next(),
      options,
    );
  for (const { name, run } of trackingStoreContract(open)) it(name, run);
}

suite(`Partitioned tables (${postgresPlace})`, () => {
  describe('pass the contract', () => {
    passTheContract(async () => aPartitioned(await aPostgresSchema(), 3));
  });

  describe('in a schema off the path, under a prefix and with locks by rows, pass it too', () => {
    passTheContract(async () => aPartitioned(await aPostgresPlace(), 2), { locks: 'rows' });
  });

  describe('with rows in several partitions', () => {
    let harness: Awaited<ReturnType<typeof openPartitioned>>;
    beforeAll(async () => {
      harness = await openPartitioned();
    });
    afterAll(() => harness.close());

    it('keep rows of the time before, take those of every month, and know them all', async () => {
      const { inbox } = harness.store;
      const events = upTo(4).map((n) => anEvent(`month ${n}`));
      for (const [n, event] of events.entries()) {
        await inbox.insert(event);
        const back = `interval '${n * 31} days'`;
        await harness.run(`UPDATE glomopay_events SET received_at = received_at - ${back}
          WHERE id = '${event.id}'`);
      }
      const parts = await harness.run(
        'SELECT DISTINCT tableoid::regclass::text AS part FROM glomopay_events',
      );
      expect(parts.length).toBeGreaterThan(1);
      for (const event of events) {
        expect(await inbox.insert(event)).toBe(false);
        const claim = await claimed(inbox, event);
        await inbox.commit(claim, 'Shop.ship', async () => undefined);
        await inbox.conclude(claim, aConclusion({ handlers: [aProgress()] }));
        expect((await inbox.find(event))?.handlers).toEqual([aProgress()]);
      }
      expect(await inbox.list('default', { limit: 10 })).toHaveLength(4);
      expect(await inbox.purge('default', new Date(Date.now() - 20 * 24 * HOUR_MS))).toBe(3);
      expect((await inbox.list('default', { limit: 10 })).map(({ id }) => id)).toEqual([
        events[0]?.id,
      ]);
    });

    it('forget no line of history that is at the same place of another partition', async () => {
      const { store } = harness;
      for (const requestId of ['old', 'young']) {
        await store.insert(anIntent({ requestId, subjectId: requestId }), HOUR_MS);
        const settlement = aSettlement({ state: 'failed' }, { witness: witnesses.check });
        await store.settle(aKey(requestId), settlement);
      }
      await harness.run(`
        UPDATE glomopay_history SET at = at - interval '40 days' WHERE request_id = 'old';
        UPDATE glomopay_movements SET updated_at = updated_at - interval '40 days'
          WHERE request_id = 'old'`);
      const places = await harness.run(
        'SELECT ctid::text AS place, tableoid::text AS part FROM glomopay_history',
      );
      expect(new Set(places.map((row) => Reflect.get(Object(row), 'part'))).size).toBe(2);
      expect(await store.purge('default', new Date(Date.now() - 24 * HOUR_MS))).toBe(1);
      expect(await store.history(aKey('old'))).toEqual([]);
      expect(await store.history(aKey('young'))).toHaveLength(1);
    });

    it('take further months, and lose a dropped one without forgetting its keys', async () => {
      const { inbox } = harness.store;
      const from = new Date(Date.now() + 200 * 24 * HOUR_MS);
      await harness.run(morePostgresPartitions({ from, months: 2 }).join(';'));
      const event = anEvent('dropped');
      await inbox.insert(event);
      await inbox.conclude(await claimed(inbox, event), aConclusion());
      await harness.run(`UPDATE glomopay_events SET received_at = received_at - interval '90 days'
        WHERE id = '${event.id}'`);
      const [{ open }] = (await harness.run(
        `SELECT count(*)::int AS open FROM glomopay_events_before WHERE state <> 'handled'`,
      )) as [{ open: number }];
      expect(open).toBe(0);
      await harness.run('DROP TABLE glomopay_events_before');
      expect(await inbox.find(event)).toBeUndefined();
      expect(await inbox.insert(event)).toBe(false);
      await harness.store.assertMigrated();
    });
  });

  describe('examined', () => {
    it('are as they should be, wherever they are, and so are their further months', async () => {
      const place = await aPostgresPlace();
      const harness = await openPostgres(pgStack, '', async () => place);
      const { store } = harness;
      await store.migrate();
      const begins = { from: YESTERDAY, ...place.place };
      const later = { ...begins, from: new Date(Date.now() + 200 * 24 * HOUR_MS) };
      for (const statement of [
        ...postgresPartitions({ ...begins, months: 2 }),
        ...morePostgresPartitions({ ...later, months: 1 }),
      ]) {
        await place.host.query(statement);
      }
      const whole = { version: 3, differences: [] };
      expect(await store.examineTables()).toMatchObject(whole);

      const { schema, tablePrefix } = place.place;
      const own = (name: string) => `"${schema}"."${tablePrefix}glomopay_${name}"`;
      const part = `events_${YESTERDAY.toISOString().slice(0, 7).replace('-', '_')}`;
      await place.host.query(`
        DROP INDEX ${own('events_due')};
        CREATE UNIQUE INDEX once ON ${own(part)} (type);
        CREATE INDEX mine ON ${own(part)} (type);
        ALTER TABLE ${own(part)} ADD CONSTRAINT few CHECK (token < 10);
        ALTER TABLE ${own('history_rest')} ENABLE ROW LEVEL SECURITY`);
      const { differences } = await store.examineTables();
      expect(
        differences.map(
          ({ kind, name, problem, harmless }) =>
            `${kind} ${name.replace('Shop_glomopay_', '')} ${problem}${harmless ? ' harmless' : ''}`,
        ),
      ).toEqual([
        'index events_due missing',
        'table history_rest unknown',
        'constraint few unknown',
        'index mine unknown harmless',
        'index once unknown',
      ]);
      await place.host.query(`
        DROP INDEX "${schema}".once, "${schema}".mine;
        ALTER TABLE ${own(part)} DROP CONSTRAINT few;
        ALTER TABLE ${own('history_rest')} DISABLE ROW LEVEL SECURITY`);
      for (const one of differences.flatMap(({ mend }) => mend ?? [])) await place.host.query(one);
      expect(await store.examineTables()).toMatchObject(whole);
      await harness.close();
    });

    it('lack an index that only some of the partitions have', async () => {
      const harness = await openPartitioned();
      await harness.run(`DROP INDEX glomopay_history_at;
        CREATE INDEX glomopay_history_at ON ONLY glomopay_history (account, at)`);
      const { differences } = await harness.store.examineTables();
      expect(differences).toMatchObject([
        {
          name: 'glomopay_history_at',
          problem: 'different',
          found: expect.stringMatching(/ INVALID$/),
        },
      ]);
      for (const one of differences.flatMap(({ mend }) => mend ?? [])) await harness.run(one);
      expect((await harness.store.examineTables()).differences).toEqual([]);
      await harness.close();
    });
  });

  it('are for whoever the tables were for, also by single columns and beside others', async () => {
    const roles = await aPostgresWithRoles();
    const [owner, app, reader] = (['owner', 'app', 'reader'] as const).map(
      (role) => new Client(roles.as(role)),
    );
    if (owner === undefined || app === undefined || reader === undefined) throw new Error('Three');
    await Promise.all([owner, app, reader].map((client) => client.connect()));
    await owner.query(
      ['BEGIN', ...postgresPartitions({ from: YESTERDAY, months: 1 }), 'COMMIT'].join(';'),
    );
    await app.query('UPDATE glomopay_events SET token = 1 WHERE false');
    await app.query('DELETE FROM glomopay_history WHERE false');
    await reader.query('SELECT id, state FROM glomopay_events');
    for (const [client, refused] of [
      [reader, 'SELECT body FROM glomopay_events'],
      [reader, 'DELETE FROM glomopay_history'],
      [app, 'TRUNCATE glomopay_events'],
    ] as const) {
      await expect(client.query(refused)).rejects.toMatchObject({ code: '42501' });
    }
    await Promise.all([owner, app, reader].map((client) => client.end()));
    await roles.drop();
  });

  it('have, each of them, what the table of events was made with', async () => {
    const schema = await aPostgresSchema();
    const harness = await openPostgres(pgStack, '', async () => schema);
    await harness.store.migrate();
    await schema.host.query(postgresPartitions({ from: YESTERDAY, months: 1 }).join(';'));
    const { rows } = await schema.host.query<{ options: string[] | null }>(
      `SELECT c.reloptions AS options FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'glomopay_events'::regclass`,
    );
    const expected = ['autovacuum_vacuum_scale_factor=0.02'];
    expect(rows.map(({ options }) => options)).toEqual([expected, expected, expected]);
    await harness.close();
  });

  it('are made of a month or more', () => {
    expect(() => postgresPartitions({ from: new Date(), months: 0 })).toThrow(RangeError);
    expect(() => postgresPartitions({ from: new Date('never'), months: 1 })).toThrow(RangeError);
    const elsewhere = { from: new Date(), months: 1, schema: 'a"; --' };
    for (const make of [postgresPartitions, morePostgresPartitions]) {
      expect(() => make(elsewhere)).toThrow('schema must be');
    }
  });
});
