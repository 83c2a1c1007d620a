/** An application whose sweeper works off payments that are due; in a process of its own. */
import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  OnPaymentOutcome,
  PaymentTracker,
} from 'nestjs-glomopay';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { decorate } from './decorate.mjs';
import { ownSchema } from './postgres-schema.mjs';
import { serve } from './worker.mjs';

const [port, due] = process.argv.slice(2);
const { pool, end } = await ownSchema(10);
await pool.query('CREATE TABLE purchases (reference text PRIMARY KEY)');

let settled = 0;
class Purchases {
  async record(outcome, tx) {
    await tx.query('INSERT INTO purchases (reference) VALUES ($1)', [outcome.reference]);
    settled += 1;
  }
}
decorate(Purchases, [Injectable()], { record: { decorators: [OnPaymentOutcome()] } });

const store = new PostgresTrackingStore(pgAdapter(pool));
await store.migrate();
await pool.query(
  `INSERT INTO glomopay_movements (account, kind, request_id, reference, subject_id, exclusive, amount,
     currency, state, object_id, gateway_status, version, next_check_at)
   SELECT 'default', 'payment', 'request-' || n, 'reference-' || n, 'order_' || lpad(n::text, 13, '0'),
     true, 1000, 'USD', 'attempted', 'payt_' || lpad(n::text, 13, '0'), 'pending', 2,
     statement_timestamp() - interval '1 minute'
   FROM generate_series(1, $1::int) AS n`,
  [Number(due)],
);
await pool.query('ANALYZE glomopay_movements');

class Shop {}
decorate(Shop, [
  Module({
    imports: [
      GlomopayModule.forRoot({
        secretKey: 'bench-secret-key',
        baseUrl: `http://127.0.0.1:${port}`,
      }),
      GlomopayTrackingModule.forRoot({ store }),
    ],
    providers: [Purchases],
  }),
]);
const app = await NestFactory.createApplicationContext(Shop, { logger: ['error'] });
// The engine lets a process end that serves nobody; this one is asked by its parent until it is done.
const tracker = app.get(PaymentTracker);

serve({
  settled: () => settled,
  open: async () => (await tracker.counts()).open,
  heap: () => {
    globalThis.gc();
    return process.memoryUsage().heapUsed / 1e6;
  },
  end: async () => {
    await app.close();
    await end();
  },
});
