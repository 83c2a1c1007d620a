import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  OnPaymentOutcome,
  PaymentsService,
  PaymentTracker,
} from 'nestjs-glomopay';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { Pool } from 'pg';
import { decorate } from './decorate.mjs';
import { interleave, quartiles, ratio } from './measure.mjs';
import { costsText, report } from './report.mjs';

const ROUNDS = 25;
const OUTCOMES = 320;
const IN_FLIGHT = 16;
const URL_OF_POSTGRES = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

const schema = `bench_${randomUUID().replaceAll('-', '')}`;
const admin = new Pool({ connectionString: URL_OF_POSTGRES, max: 1 });
await admin.query(`CREATE SCHEMA ${schema}`);
const pool = new Pool({
  connectionString: URL_OF_POSTGRES,
  max: IN_FLIGHT,
  options: `-c search_path=${schema}`,
});
await pool.query('CREATE TABLE purchases (id bigserial PRIMARY KEY, reference text NOT NULL)');
await pool.query(
  `CREATE TABLE payments_by_hand (id text PRIMARY KEY, order_id text NOT NULL, state text NOT NULL,
   amount bigint NOT NULL, currency text NOT NULL, updated_at timestamptz NOT NULL DEFAULT now())`,
);

class Purchases {
  async record(outcome, tx) {
    await tx.query('INSERT INTO purchases (reference) VALUES ($1)', [outcome.reference]);
  }
}
decorate(Purchases, [Injectable()], { record: { decorators: [OnPaymentOutcome()] } });

const store = new PostgresTrackingStore(pgAdapter(pool));

/** An application's tracker, with the history of every payment or without. */
async function startedTracker(history) {
  class Shop {}
  decorate(Shop, [
    Module({
      imports: [
        GlomopayModule.forRoot({ secretKey: 'bench-secret-key', baseUrl: 'http://127.0.0.1:9' }),
        GlomopayTrackingModule.forRoot({ store, history, sweep: { everyMs: 0 } }),
      ],
      providers: [Purchases],
    }),
  ]);
  const app = await NestFactory.createApplicationContext(Shop, { logger: false });
  // The gateway's answer is at hand on both sides: what is measured is what becomes of it.
  app.get(PaymentsService).get = async (id) => ({
    id,
    payinId: `order_${id.slice(5)}`,
    subscriptionId: null,
    status: 'success',
    complianceStatus: null,
    requestedAmount: 1_000,
    requestedCurrency: 'USD',
    fundsAvailable: true,
    errorCode: null,
    errorDescription: null,
  });
  return { app, tracker: app.get(PaymentTracker) };
}

const withHistory = await startedTracker(true);
const withoutHistory = await startedTracker(false);

let made = 0;

/** Payments that wait for their outcome on both sides; making them is not measured. */
async function prepare() {
  const numbers = Array.from({ length: OUTCOMES }, () => (made += 1));
  await Promise.all(
    numbers.map(async (number) => {
      const intent = {
        account: 'default',
        kind: 'payment',
        requestId: `request-${number}`,
        reference: `reference-${number}`,
        subjectId: `order_${number}`,
        exclusive: true,
        amount: 1_000,
        currency: 'USD',
      };
      await store.insert(intent, 3_600_000);
      await store.settle(intent, {
        decide: () => ({ objectId: `payt_${number}`, state: 'attempted' }),
        effect: async () => undefined,
        nextCheckMs: 3_600_000,
      });
    }),
  );
  await pool.query(
    `INSERT INTO payments_by_hand (id, order_id, state, amount, currency)
     SELECT 'payt_' || n, 'order_' || n, 'attempted', 1000, 'USD' FROM unnest($1::int[]) AS n`,
    [numbers],
  );
  return numbers;
}

/** Microseconds of wall time for one outcome, 16 in flight. */
async function timed(finish) {
  const numbers = await prepare();
  const start = process.hrtime.bigint();
  let next = 0;
  const worker = async () => {
    while (next < numbers.length) await finish(numbers[next++]);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return Number(process.hrtime.bigint() - start) / 1_000 / numbers.length;
}

const through = (tracker) => async (number) => {
  const record = await tracker.confirm({
    orderId: `order_${number}`,
    paymentId: `payt_${number}`,
    status: 'success',
  });
  if (record?.state !== 'succeeded') throw new Error(`the outcome is ${record?.state}`);
};

async function byHand(number) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query(
      'SELECT state FROM payments_by_hand WHERE id = $1 FOR UPDATE',
      [`payt_${number}`],
    );
    if (rows[0]?.state !== 'attempted') throw new Error('not open');
    await client.query(
      "UPDATE payments_by_hand SET state = 'succeeded', updated_at = now() WHERE id = $1",
      [`payt_${number}`],
    );
    await client.query('INSERT INTO purchases (reference) VALUES ($1)', [`reference-${number}`]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

// A table that is minutes old has been counted by Postgres; until then plans are those of an empty one.
for (let round = 0; round < 4; round += 1) await prepare();
await pool.query('ANALYZE');

const costs = await interleave(
  {
    tracker: () => timed(through(withHistory.tracker)),
    trackerAlone: () => timed(through(withoutHistory.tracker)),
    byHand: () => timed(byHand),
  },
  { rounds: ROUNDS, warmUp: 5 },
);
await withHistory.app.close();
await withoutHistory.app.close();
await pool.end();
await admin.query(`DROP SCHEMA ${schema} CASCADE`);
await admin.end();

const byHandTakes = quartiles(costs.byHand).median;

report([
  {
    row: 'P8',
    what: 'an outcome through `PaymentTracker.confirm` on Postgres, with its line of history and a handler, 16 in flight',
    against: 'lock, update and insert in one transaction by hand, same pool, no history',
    goal: { atLeast: 0.6 },
    unit: 'x',
    measured: ratio(costs.byHand, costs.tracker),
    costs: costsText({ tracker: quartiles(costs.tracker).median, byHand: byHandTakes }, 'us'),
    whenMissed:
      'The tracker reads the record by the payment first, which is a round trip of its own; its lock and its change look at every payment of the order; and a record has more columns and indexes than the row by hand (see the README).',
  },
  {
    row: 'P8',
    what: 'the same with `history: false`',
    against: 'the same',
    unit: 'x',
    measured: ratio(costs.byHand, costs.trackerAlone),
    costs: costsText({ tracker: quartiles(costs.trackerAlone).median, byHand: byHandTakes }, 'us'),
  },
]);
