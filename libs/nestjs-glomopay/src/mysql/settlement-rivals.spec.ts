import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPool, type Pool, type PoolConnection } from 'mysql2/promise';
import { aClosing, aLook } from '../../test/observations.js';
import {
  aMysqlDatabase,
  isMysqlThere,
  mysqlPlace,
  type MysqlDatabase,
} from '../../test/mysql-database.js';
import { GlomopayNotResolvableError } from '../errors/not-resolvable.error.js';
import { anIntent, upTo } from '../testing/contract/harness.js';
import { isOutcome } from '../tracking/movements/closing.js';
import { followUpId } from '../tracking/movements/follow-up.js';
import { transition, type Observation } from '../tracking/movements/transition.js';
import { witnesses } from '../tracking/store/history-line.js';
import type { TrackedIntent, TrackedRecord } from '../tracking/store/tracked-record.js';
import type { Settlement } from '../tracking/store/tracking-store.js';
import { mysql2Adapter } from './mysql2.adapter.js';
import { MysqlTrackingStore } from './mysql-tracking-store.js';

const suite = (await isMysqlThere()) ? describe : describe.skip;

class HandlerError extends Error {}

/** Whatever may come of one of the movements, good and bad. */
function anything({ kind, requestId }: TrackedIntent): Observation {
  const objectId = `${kind} ${requestId}`;
  const atMost = kind === 'refund' ? { amount: 1_000, currency: 'USD' } : undefined;
  return one<Observation>([
    aLook({ objectId, status: 'success', atMost }),
    aLook({ objectId, status: 'success', atMost, fundsAvailable: true }),
    aLook({ objectId, status: one(['failed', 'in_progress']) }),
    aLook({ objectId, status: 'success', difference: 'amount_differs' }),
    { kind: 'given_up', reason: 'no_outcome' },
    { kind: 'attempt', objectId },
    aClosing(one(['succeeded', 'failed', 'acknowledged', 'refunded'])),
  ]);
}

function bringsOutcome(before: TrackedRecord, after: TrackedRecord): boolean {
  return isOutcome(after.state) && !isOutcome(before.state);
}

/** Tells the host, takes its time, and fails now and then. */
function settlementBy(observation: Observation): Settlement<PoolConnection> {
  const isByHand = observation.kind === 'resolved';
  return {
    decide: (record, around) => transition(record, observation, around),
    async effect(before, after, tx) {
      if (Math.random() < 0.3) await tx.query('SELECT SLEEP(?)', [Math.random() / 50]);
      const line = `${after.kind} ${after.requestId} ${after.state}`;
      if (bringsOutcome(before, after)) await tx.query('INSERT INTO `lines` VALUES (?)', [line]);
      if (Math.random() < 0.15) throw new HandlerError('the handler is out of order');
    },
    nextCheckMs: 0,
    witness: isByHand ? { kind: 'person', id: 'asha' } : witnesses.sweep,
    followUp(before, change) {
      const after = { ...before, ...change, version: before.version + 1 };
      if (!bringsOutcome(before, after)) return undefined;
      return { account: 'default', id: followUpId(after), body: Buffer.from(after.state) };
    },
  };
}

suite(`Rivals for movements of the same subjects, on ${mysqlPlace}`, () => {
  let database: MysqlDatabase;
  let pools: Pool[];
  let stores: MysqlTrackingStore<PoolConnection>[];
  beforeEach(async () => {
    database = await aMysqlDatabase();
    // As four processes, of which two have sessions of another isolation.
    pools = upTo(4).map((n) => {
      const pool = createPool({ ...database.place, connectionLimit: 6 });
      const isolation = `SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE`;
      if (n >= 2) pool.pool.on('connection', (connection) => connection.query(isolation));
      return pool;
    });
    stores = pools.map((pool) => new MysqlTrackingStore(pgAdapter<PoolConnection>(pool)));
    await one(stores).migrate();
  });
  afterEach(async () => {
    for (const pool of pools) await pool.end();
    await database.drop();
  });

  const movements: readonly TrackedIntent[] = upTo(4).flatMap((n) => {
    const order = { subjectId: `order_${n}` };
    const payment = { subjectId: `payt_${n}`, exclusive: false, amount: 300 };
    const named = (m: number) => ({ requestId: `${n}-${m}` });
    return [
      ...upTo(4).map((m) => anIntent({ ...order, ...named(m) })),
      ...upTo(2).map((m) => anIntent({ ...order, ...named(m), kind: 'collection' })),
      ...upTo(6).map((m) => anIntent({ ...payment, ...named(m), kind: 'refund' })),
    ];
  });

  async function settle(): Promise<void> {
    const movement = one(movements);
    const settled = one(stores).settle(movement, settlementBy(anything(movement)));
    await settled.catch((thrown: unknown) => {
      const isExpected =
        thrown instanceof HandlerError || thrown instanceof GlomopayNotResolvableError;
      if (!isExpected) throw thrown;
    });
  }

  it('are told each outcome once, pay nothing twice, and leave whole histories', async () => {
    await Promise.all(movements.map((movement) => one(stores).insert(movement, 0)));
    const end = new AbortController();
    const besides = [
      () => one(stores).claimDue('default', 5, 1_000),
      () => one(stores).reschedule(one(movements), 0),
      () => one(stores).unwatch(one(movements)),
    ].map(async (work) => {
      while (!end.signal.aborted) await work();
    });
    for (let round = 0; round < 5; round += 1) await Promise.all(upTo(250).map(() => settle()));
    end.abort();
    await Promise.all(besides);

    const records = (
      await Promise.all(movements.map((movement) => one(stores).find(movement)))
    ).filter((record) => record !== undefined);
    const ended = records.filter(({ state }) => isOutcome(state));
    const told = ended.map(({ kind, requestId, state }) => `${kind} ${requestId} ${state}`);
    expect((await database.lines()).toSorted()).toEqual(told.toSorted());
    expect((await one(stores).inbox.counts('default')).open).toBe(ended.length);

    const paid = ended.filter(({ exclusive, state }) => exclusive && state === 'succeeded');
    expect(new Set(paid.map(({ subjectId }) => subjectId)).size).toBe(paid.length);

    for (const record of records) {
      const lines = await one(stores).history(record);
      expect(lines.map(({ version }) => version)).toEqual(
        upTo(record.version - 1).map((n) => n + 2),
      );
      expect(lines.map(({ from }) => from)).toEqual(
        ['created', ...lines.map(({ to }) => to)].slice(0, lines.length),
      );
      expect(lines.at(-1)?.to ?? 'created').toBe(record.state);
    }

    const rows = await database.rows(`SELECT * FROM (
      SELECT h.witness, row_number() OVER (PARTITION BY m.subject_id ORDER BY h.at) AS nth
      FROM glomopay_history h JOIN glomopay_movements m ON m.id = h.movement
      WHERE m.kind = 'refund' AND h.to_state = 'succeeded' AND h.from_state <> 'succeeded') s
      WHERE nth > 3 AND witness <> 'person'`);
    expect(rows).toEqual([]);
  }, 60_000);
});

function one<T>(of: readonly T[]): T {
  const [first] = of.slice(Math.floor(Math.random() * of.length));
  if (first === undefined) throw new Error('There is none');
  return first;
}
