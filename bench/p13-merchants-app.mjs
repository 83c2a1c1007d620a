/**
 * An application whose merchants are made at run time, some of them used; says what it took, and what it
 * does when nothing is to be done: `p13-merchants-app.mjs source|registered <known> <used>`.
 */
import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  GlomopayAccounts,
  GlomopayMerchantsModule,
  OnGlomopayEvent,
  OnPaymentOutcome,
  OrdersService,
  PaymentTracker,
  WebhookInbox,
} from 'nestjs-glomopay';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { decorate } from './decorate.mjs';
import { ownSchema } from './postgres-schema.mjs';

const IDLE_MS = 15_000;
const MEGABYTE = 1024 * 1024;

const [, , kind, known, used] = process.argv;

class Ledger {
  async record() {}
  async hear() {}
}
decorate(Ledger, [], {
  record: { decorators: [OnPaymentOutcome()] },
  hear: { decorators: [OnGlomopayEvent('*')] },
});

const optionsOf = (n) => ({
  secretKey: `a-secret-key-${n}`,
  webhookSecret: `a-webhook-secret-${n}`,
  callbackUrl: 'https://shop.example/payment/callback',
});
const rows = new Map(Array.from({ length: Number(known) }, (_, n) => [`account-${n}`, n]));
const source = {
  find: async (name) => (rows.has(name) ? optionsOf(rows.get(name)) : undefined),
};

const { pool, end } = await ownSchema(10);
const committed = async () => {
  const { rows: counts } = await pool.query(
    'SELECT xact_commit::text AS count FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(counts[0].count);
};
const store = new PostgresTrackingStore(pgAdapter(pool));

class AppModule {}
decorate(AppModule, [
  Module({
    imports: [GlomopayMerchantsModule.forRoot({ source, most: 10_000, tracking: { store } })],
    providers: [Ledger],
  }),
]);

const begin = performance.now();
const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
const accounts = app.get(GlomopayAccounts);
for (let n = 0; n < Number(used); n += 1) {
  const name = `account-${n}`;
  if (kind === 'registered') await accounts.register({ name, ...optionsOf(n) });
  // Everything that a payment needs is there.
  for (const service of [OrdersService, PaymentTracker, WebhookInbox]) {
    await accounts.load(name, service);
  }
}
const bootMs = performance.now() - begin;
const rssAtBoot = process.memoryUsage.rss();
globalThis.gc();
const heap = process.memoryUsage().heapUsed;
// What boot has left running ends, and counters of the database are written down with a delay.
await sleep(2_000);
const before = { cpu: process.cpuUsage(), committed: await committed(), at: performance.now() };
await sleep(IDLE_MS);
const { user, system } = process.cpuUsage(before.cpu);
const seconds = (performance.now() - before.at) / 1_000;
const transactions = (await committed()) - before.committed;
process.send({
  bootMs,
  rss: Math.max(rssAtBoot, process.memoryUsage.rss()) / MEGABYTE,
  heap: heap / MEGABYTE,
  cpu: (user + system) / 10_000 / seconds,
  transactions: transactions / seconds,
});
await app.close();
await end();
process.disconnect();
