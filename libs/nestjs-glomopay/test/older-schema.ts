import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { TrackingStoreHarness } from '../src/testing/contract/harness.js';
import { aKey, anIntent, aSettlement } from '../src/testing/contract/harness.js';
import { aConclusion, anEvent, aProgress, claimed } from '../src/testing/contract/inbox-harness.js';
import type { SharedDatabase } from './newer-rows.js';

const HOUR_MS = 3_600_000;
const CONFIGURATION = { code: 'GLOMOPAY_CONFIGURATION' };

/** The SQL of a released version of a schema. */
export function schemaSql(dialect: 'postgres' | 'sqlite', version: 1 | 2): string {
  return readFileSync(new URL(`schemas/${dialect}-${version}.sql`, import.meta.url), 'utf8');
}

/** What a store does with the tables of other versions of itself. */
export function knowsItsSchema(
  dialect: 'postgres' | 'sqlite',
  open: () => Promise<SharedDatabase>,
): void {
  const now = dialect === 'postgres' ? 'statement_timestamp()' : '1700000000000';
  const [yes, bytes] = dialect === 'postgres' ? ['true', `'\\x7b7d'`] : ['1', `x'7b7d'`];
  const fact = (title: string, check: (database: SharedDatabase) => Promise<void>): void => {
    it(title, async () => {
      const database = await open();
      try {
        await check(database);
      } finally {
        await database.harness.close();
      }
    });
  };
  const payments = `INSERT INTO glomopay_payments (account, request_id, reference, order_id,
      subscription_id, amount, currency, state, reason, payment_id, funds_available, needs_person, checks, created_at,
      updated_at, next_check_at) VALUES
    ('default', 'open', 'r', 'order_1', NULL, 1000, 'USD', 'created', NULL, NULL, ${no(yes)}, ${no(yes)}, 3,
      ${now}, ${now}, ${now}),
    ('default', 'paid', 'r', 'order_1', NULL, 1000, 'USD', 'succeeded', NULL, 'payt_1', ${yes},
      ${no(yes)}, 1, ${now}, ${now}, NULL),
    ('default', 'first', 'r', NULL, 'sub_1', 1000, 'USD', 'succeeded', NULL, 'payt_2', ${yes},
      ${no(yes)}, 1, ${now}, ${now}, NULL),
    ('default', 'second', 'r', NULL, 'sub_1', 1000, 'USD', 'succeeded', NULL, 'payt_3', ${yes},
      ${no(yes)}, 1, ${now}, ${now}, NULL),
    ('emea', 'odd', 'r', NULL, NULL, 1000, 'USD', 'needs_attention', 'ambiguous', NULL, ${no(yes)}, ${yes}, 60,
      ${now}, ${now}, NULL)`;
  const parked = anEvent('{}');
  const waiting = anEvent('{"n":2}');
  const events = `INSERT INTO glomopay_events (account, id, received_at, type, object_id, state,
      next_try_at, token, body) VALUES
    ('default', '${parked.id}', ${now}, 'payment.success', 'payt_1', 'failed', NULL, 2, ${bytes}),
    ('default', '${waiting.id}', ${now}, NULL, NULL, 'open', ${now}, 0, ${bytes})`;
  const purged = anEvent('{"n":3}');
  const purgedBefore = `INSERT INTO glomopay_events (account, id, received_at, type, object_id, state,
      next_try_at, token, body) VALUES
    ('default', '${purged.id}', ${now}, 'payment.success', 'payt_1', 'handled', NULL, 2, NULL)`;
  const progress = `INSERT INTO glomopay_event_handlers VALUES
    ('default', '${parked.id}', 'Shop.ship', 'failed', 12, 'no ink')`;

  fact('brings payments of the first version to this one', async ({ harness, run }) => {
    const { store } = harness;
    await run(schemaSql(dialect, 1));
    await run(payments);
    await Promise.all([store, await harness.another()].map((one) => one.migrate()));
    await worksOnPayments(harness);
    await store.inbox.insert(parked);
    expect(await store.inbox.counts('default')).toMatchObject({ open: 1 });
  });

  fact('brings payments and events of the second version to this one', async ({ harness, run }) => {
    const { store } = harness;
    await run(schemaSql(dialect, 1));
    await run(schemaSql(dialect, 2));
    for (const statement of [payments, events, purgedBefore, progress]) await run(statement);
    await Promise.all([store, await harness.another()].map((one) => one.migrate()));
    await worksOnPayments(harness);
    const { inbox } = store;
    expect((await inbox.find(parked))?.handlers).toEqual([
      aProgress({ state: 'failed', tries: 12, error: 'no ink' }),
    ]);
    expect(await inbox.due('default', 10)).toEqual([waiting.id]);
    // What the second version has purged is gone, and known like all the others.
    expect(await inbox.find(purged)).toBeUndefined();
    for (const event of [parked, waiting, purged]) expect(await inbox.insert(event)).toBe(false);
    expect(await inbox.forgetKeys('default', new Date(Date.now() + 3 * HOUR_MS))).toBe(1);
    expect(await inbox.conclude(await claimed(inbox, waiting), aConclusion())).toBe(true);
    expect(await inbox.replay(parked)).toBe(true);
    expect((await claimed(inbox, parked)).body).toEqual(parked.body);
  });

  fact(
    'keeps a process of the second version away from movements, and takes the events it stores',
    async ({ harness, run }) => {
      await harness.store.migrate();
      const { record } = await harness.store.insert(anIntent({ kind: 'refund' }), -1_000);
      const asBefore = [
        payments,
        'SELECT * FROM glomopay_payments',
        'UPDATE glomopay_payments SET checks = checks + 1',
      ];
      for (const statement of asBefore) {
        await expect(async () => run(statement)).rejects.toThrow(/glomopay_payments/);
      }
      expect(await harness.store.find(record)).toEqual(record);
      await run(events);
      const { inbox } = harness.store;
      expect(await inbox.due('default', 10)).toEqual([waiting.id]);
      expect(await inbox.insert(waiting)).toBe(false);
      await inbox.conclude(await claimed(inbox, waiting), aConclusion());
      // Neither has left a key, and both are known when they have been purged.
      const late = new Date(Date.now() + HOUR_MS);
      expect(await inbox.purge('default', late)).toBe(2);
      for (const event of [waiting, parked]) expect(await inbox.insert(event)).toBe(false);
    },
  );

  fact(
    'refuses tables of a newer version that does not say it can be used',
    async ({ harness, run }) => {
      await harness.store.migrate();
      await run(
        `INSERT INTO glomopay_migrations (version, applied_at) VALUES (4, CURRENT_TIMESTAMP)`,
      );
      for (const call of ['migrate', 'assertMigrated'] as const) {
        await expect(harness.store[call]()).rejects.toMatchObject({
          ...CONFIGURATION,
          message: expect.stringMatching(/schema version 4.*newer.*version 3/),
        });
      }
    },
  );

  fact(
    'uses tables of newer versions for as long as each of them says that it may',
    async ({ harness, run }) => {
      await harness.store.migrate();
      const apply = (version: number, from: number) =>
        run(`INSERT INTO glomopay_migrations (version, applied_at, compatible_from)
        VALUES (${version}, CURRENT_TIMESTAMP, ${from})`);
      await apply(4, 2);
      await apply(5, 3);
      await harness.store.migrate();
      await harness.store.assertMigrated();
      expect((await harness.store.insert(anIntent(), HOUR_MS)).inserted).toBe(true);
      await apply(6, 4);
      await expect(harness.store.migrate()).rejects.toMatchObject(CONFIGURATION);
    },
  );

  fact(
    'says which tables are missing or too old, and how to make them',
    async ({ harness, run }) => {
      await expect(harness.store.assertMigrated()).rejects.toMatchObject({
        ...CONFIGURATION,
        message: expect.stringMatching(/tables are missing.*--from 0/),
      });
      await run(schemaSql(dialect, 1));
      await run(schemaSql(dialect, 2));
      await expect(harness.store.assertMigrated()).rejects.toMatchObject({
        ...CONFIGURATION,
        message: expect.stringMatching(/schema version 2.*--from 2/),
      });
      await harness.store.migrate();
      await harness.store.assertMigrated();
    },
  );
}

function no(yes: string): string {
  return yes === '1' ? '0' : 'false';
}

async function worksOnPayments({ store }: TrackingStoreHarness): Promise<void> {
  expect(await store.find(aKey('paid'))).toMatchObject({
    state: 'succeeded',
    subjectId: 'order_1',
    exclusive: true,
  });
  expect(await store.findByObject('default', 'payt_1')).toMatchObject({ requestId: 'paid' });
  const ofSubscription = await store.findBySubject('default', 'sub_1');
  expect(
    ofSubscription.map(({ kind, requestId, exclusive }) => [kind, requestId, exclusive]).toSorted(),
  ).toEqual([
    ['payment', 'first', false],
    ['payment', 'second', false],
  ]);
  const again = aSettlement({ state: 'succeeded' });
  await expect(store.settle(aKey('open'), again)).rejects.toThrow();
  for (const kind of ['payment', 'refund'] as const) {
    const { inserted } = await store.insert(anIntent({ kind, requestId: 'paid' }), HOUR_MS);
    expect([kind, inserted]).toEqual([kind, kind === 'refund']);
  }
  expect(
    (await store.needingAttention('emea', ['payment'], 10)).map(({ reason }) => reason),
  ).toEqual(['ambiguous']);
  expect((await store.claimDue('default', 10, HOUR_MS)).map(({ checks }) => checks)).toEqual([4]);
  await store.reschedule(aKey('open'), HOUR_MS);
  const settled = await store.settle(aKey('open'), aSettlement({ state: 'failed' }));
  expect(settled?.after.state).toBe('failed');
}
