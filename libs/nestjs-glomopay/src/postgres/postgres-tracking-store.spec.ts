import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import type { PostgresSchema } from '../../test/postgres-schema.js';
import { pgStack } from '../../test/postgres-stacks.js';
import { fourProcessesWork, keysOfKilledProcess } from '../../test/storage-processes.js';
import { aWatchedPostgres, type Tx, type WatchedPostgres } from '../../test/watched-postgres.js';
import { aKey, anIntent, aSettlement, upTo } from '../testing/contract/harness.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';
import * as history from './history-statements.js';
import * as rowLocks from './row-lock-statements.js';
import * as settlement from './settlement-statements.js';
import * as statements from './statements.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;

suite(`PostgresTrackingStore (${postgresPlace})`, () => {
  let watched: WatchedPostgres;
  let schema: PostgresSchema;
  let store: WatchedPostgres['store'];

  beforeEach(async () => {
    watched = await aWatchedPostgres();
    ({ schema, store } = watched);
  });
  afterEach(() => watched.close());

  it('waits for the disk although the session does not', async () => {
    await schema.host.query(`
      CREATE TABLE commits (setting text);
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO commits VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER note AFTER INSERT OR UPDATE ON glomopay_movements
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note()`);
    await store.insert(anIntent(), 0);
    await store.settle(aKey(), aSettlement({ state: 'succeeded' }));
    const { rows } = await schema.host.query('SELECT setting FROM commits');
    expect(rows).toEqual([{ setting: 'on' }, { setting: 'on' }]);
  });

  it('writes a lone insert at once, in one statement', async () => {
    const insert = store.insert(anIntent(), 0);
    await Promise.resolve();
    expect(watched.seen).toEqual([statements.insertIntents]);
    await insert;
    expect(watched.seen).toHaveLength(1);
  });

  it('gathers what arrives meanwhile, with two statements under way at most', async () => {
    const inserts: Promise<unknown>[] = [];
    for (const n of upTo(200)) {
      inserts.push(store.insert(anIntent({ requestId: `${n}` }), 0));
      await new Promise(setImmediate);
    }
    await Promise.all(inserts);
    expect(watched.seen.length).toBeLessThan(200);
    expect(watched.most).toBe(2);
  });

  it('refuses exactly the row that the database refuses', async () => {
    await schema.host.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.reference = 'bad' THEN RAISE 'refused by the host'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON glomopay_movements
        FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const results = await Promise.allSettled(
      upTo(30).map((n) =>
        store.insert(anIntent({ requestId: `${n}`, reference: n % 20 === 4 ? 'bad' : 'good' }), 0),
      ),
    );
    expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([4, 24]);
    expect(await store.findBySubject('default', 'order_1')).toHaveLength(28);
    await expect(
      store.insert(anIntent({ requestId: 'x'.repeat(100_000).replaceAll('x', random) }), 0),
    ).rejects.toMatchObject({ code: '54000' });
  });

  it('fails exactly the inserts of a flush that failed', async () => {
    let broken = true;
    const { transaction, query } = watched.adapter;
    const other = new PostgresTrackingStore<Tx>({
      transaction,
      query: (text, params) =>
        broken ? Promise.reject(new Error('connection lost')) : query(text, params),
    });
    const failing = upTo(5).map((n) => other.insert(anIntent({ requestId: `${n}` }), 0));
    await expect(Promise.any(failing)).rejects.toBeInstanceOf(AggregateError);
    broken = false;
    expect((await other.insert(anIntent({ requestId: '0' }), 0)).inserted).toBe(true);
  });

  it('uses an index for every statement', async () => {
    await Promise.all(
      upTo(3_000).map((n) =>
        store.insert(
          anIntent({
            requestId: `${n}`,
            ...(n % 2 === 0
              ? { subjectId: `order_${n % 1_000}` }
              : { subjectId: `sub_${n % 1_000}`, exclusive: false }),
          }),
          n * 1_000,
        ),
      ),
    );
    await schema.host.query(`
      UPDATE glomopay_movements SET object_id = 'payt_' || request_id WHERE amount > 0;
      UPDATE glomopay_movements SET next_check_at = NULL WHERE request_id NOT LIKE '%11';
      UPDATE glomopay_movements SET needs_person = true WHERE request_id LIKE '%77';`);
    await schema.host.query(`
      INSERT INTO glomopay_history (at, version, account, kind, request_id, from_state, to_state, witness)
      SELECT created_at, 2, account, kind, request_id, 'created', 'attempted', 'sweep'
      FROM glomopay_movements`);
    await schema.host.query('VACUUM ANALYZE glomopay_movements, glomopay_history');
    const key = JSON.stringify({
      account: 'default',
      kind: 'payment',
      request_id: '5',
      version: 1,
      state: 'failed',
      witness: 'sweep',
      event_account: 'default',
      event_id: 'a'.repeat(64),
      event_body: '\\\\x00',
    });
    const kinds = '["payment"]';
    const now = Date.now();
    const asked: [string, readonly (string | number)[]][] = [
      [statements.findMany, [`[${key}]`]],
      [statements.findByKey, ['default', 'payment', '5']],
      [statements.findByObject, ['default', 'payt_5']],
      [statements.findBySubject, ['default', 'order_5']],
      [statements.findBySubject, ['default', 'sub_5']],
      [statements.findByReference, ['default', 'shop-5', 'default', 'shop-5', 10]],
      [settlement.lock, ['default', 'payment', '5']],
      [settlement.look, ['default', 'payment', '5']],
      [settlement.updateRecord, [key]],
      [settlement.updateWithLine, [key]],
      [settlement.updateWithEvent, [key]],
      [statements.claimDue, ['default', 10, 1_000]],
      [statements.recallMovements, []],
      [statements.accountsWithMovements, []],
      [statements.accountsLeft, []],
      [history.accountsWithHistory, [now]],
      [statements.reschedule, [1_000, 'default', 'payment', '5']],
      [statements.counts, ['default', kinds]],
      [statements.needingAttention, ['default', kinds, 10]],
      [history.history, ['default', 'payment', '5']],
      [history.within, ['default', now - 9_000, 'payment', '5', now, 10]],
      [history.purgeHistory, ['default', now, 0]],
      [rowLocks.lock, ['default', 'payment', '5']],
      [rowLocks.updateRecord, [key]],
      [rowLocks.updateWithLine, [key]],
      [rowLocks.updateWithEvent, [key]],
      [rowLocks.unlock, ['default', 'payment', '5']],
      [rowLocks.recallMovements, []],
      [rowLocks.recallEvents, []],
      [rowLocks.purgeHistory, ['default', now, 0]],
    ];
    const client = await schema.host.connect();
    // Which of two ways is cheaper with so few rows depends on what vacuum could clear; a statement that
    // has no other than to read a table from end to end shows here whatever it costs. What is taken
    // beside a million rows: P10 in `bench`.
    await client.query('SET enable_seqscan = off');
    const scans: unknown[] = [];
    // As the first calls have it, and, planned without knowing the parameters, as all later ones.
    for (const mode of ['force_custom_plan', 'force_generic_plan']) {
      await client.query(`SET plan_cache_mode = ${mode}`);
      for (const [statement, params] of asked) {
        const given = params.map((param) => client.escapeLiteral(String(param))).join(', ');
        await client.query(`PREPARE asked AS ${statement}`);
        const { rows } = await client.query(`EXPLAIN EXECUTE asked${given && `(${given})`}`);
        await client.query('DEALLOCATE asked');
        const plan = rows.map((row) => String(row['QUERY PLAN']));
        const found = plan.filter((line) => line.includes('Seq Scan'));
        if (found.length > 0) scans.push([statement, mode, found]);
      }
    }
    client.release(true);
    expect(scans).toEqual([]);
  });

  it('has Postgres end a settlement that nothing comes for, unless the host has set when', async () => {
    const setting = 'idle_in_transaction_session_timeout';
    const shown: unknown[] = [];
    const own = await pgStack(schema.config(`-c ${setting}=7000`));
    const settle = async (of: PostgresTrackingStore<Tx>, requestId: string) => {
      await of.insert(anIntent({ requestId, subjectId: `order_${requestId}` }), 0);
      const effect = async (_before: unknown, _after: unknown, tx: unknown) => {
        const query: unknown = Reflect.get(Object(tx), 'query');
        if (typeof query === 'function') shown.push((await query(`SHOW ${setting}`)).rows[0]);
      };
      await of.settle(aKey(requestId), aSettlement({ state: 'succeeded' }, { effect }));
    };
    await settle(store, 'a');
    await settle(new PostgresTrackingStore<Tx>(own.adapter), 'b');
    shown.push((await watched.adapter.query(`SHOW ${setting}`, []))[0]);
    await own.end();
    expect(shown).toEqual([{ [setting]: '90s' }, { [setting]: '7s' }, { [setting]: '0' }]);
  });

  it('loses and doubles nothing with 4 processes on one database', async () => {
    const works = await fourProcessesWork('postgres', JSON.stringify(schema.config()));
    expect(sum(works.map(({ inserted }) => inserted))).toBe(440);
    expect(sum(works.map(({ effects }) => effects))).toBe(40);
    const lines = await schema.lines();
    expect(lines).toHaveLength(40);
    expect(new Set(lines).size).toBe(40);
    expect(await store.counts('default', ['payment'])).toEqual({ needsAttention: 0, open: 400 });
  });

  it('has what a killed process had said was written', async () => {
    const keys = await keysOfKilledProcess('postgres', JSON.stringify(schema.config()));
    expect(keys.length).toBeGreaterThan(100);
    const found = await Promise.all(keys.map((requestId) => store.find(aKey(requestId))));
    expect(found.filter((record) => record === undefined)).toHaveLength(0);
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Text that does not compress, so that it really is too long for an index. */
function random(): string {
  return Math.random().toString(36).slice(2, 3);
}
