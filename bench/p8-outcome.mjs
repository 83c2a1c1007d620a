import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  OnPaymentOutcome,
  PaymentsService,
  PaymentTracker,
} from 'nestjs-glomopay';
import { databaseOf } from './databases.mjs';
import { decorate } from './decorate.mjs';
import { interleave, quartiles, ratio } from './measure.mjs';
import { costsText, report } from './report.mjs';

const ROUNDS = 25;
const OUTCOMES = 320;
const IN_FLIGHT = 16;

const database = await databaseOf(process.argv[2]);
const { pool, end } = await database.ownPlace(IN_FLIGHT);
const byHand = await database.outcomesByHand(pool);
const store = database.storeOn(pool);

class Purchases {
  async record(outcome, tx) {
    await byHand.purchase(tx, outcome.reference);
  }
}
decorate(Purchases, [Injectable()], { record: { decorators: [OnPaymentOutcome()] } });

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
  await byHand.prepare(numbers);
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

// Plans are those of an empty table until the database has counted it.
for (let round = 0; round < 4; round += 1) await prepare();
await database.count(pool);

const costs = await interleave(
  {
    tracker: () => timed(through(withHistory.tracker)),
    trackerAlone: () => timed(through(withoutHistory.tracker)),
    byHand: () => timed(byHand.finish),
  },
  { rounds: ROUNDS, warmUp: 5 },
);
await withHistory.app.close();
await withoutHistory.app.close();
await end();

const byHandTakes = quartiles(costs.byHand).median;

report([
  {
    row: 'P8',
    what: `an outcome through \`PaymentTracker.confirm\` on ${database.name}, with its line of history and a handler, 16 in flight`,
    against: 'lock, update and insert in one transaction by hand, same pool, no history',
    goal: { atLeast: 0.6 },
    unit: 'x',
    measured: ratio(costs.byHand, costs.tracker),
    costs: costsText({ tracker: quartiles(costs.tracker).median, byHand: byHandTakes }, 'us'),
    whenMissed: database.whyOutcome,
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
