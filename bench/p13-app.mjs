/**
 * An application with many accounts that starts, idles, and says what both took:
 * `p13-app.mjs postgres|sqlite|untracked <accounts>`.
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import Database from 'libsql';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  OnGlomopayEvent,
  OnPaymentOutcome,
} from 'nestjs-glomopay';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { decorate } from './decorate.mjs';
import { ownSchema } from './postgres-schema.mjs';

const IDLE_MS = 15_000;
const MEGABYTE = 1024 * 1024;

const [, , kind, accounts] = process.argv;

class Ledger {
  async record() {}
  async hear() {}
}
decorate(Ledger, [], {
  record: { decorators: [OnPaymentOutcome()] },
  hear: { decorators: [OnGlomopayEvent('*')] },
});

/** A store, how many transactions its database has committed, and its end. */
async function storage() {
  if (kind === 'postgres') {
    const { pool, end } = await ownSchema(10);
    const committed = async () => {
      const { rows } = await pool.query(
        'SELECT xact_commit::text AS count FROM pg_stat_database WHERE datname = current_database()',
      );
      return Number(rows[0].count);
    };
    return { store: new PostgresTrackingStore(pgAdapter(pool)), committed, end };
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'accounts-'));
  const open = () => new Database(path.join(folder, 'accounts.db'));
  const end = () => rmSync(folder, { recursive: true });
  return { store: new SqliteTrackingStore(open), committed: () => 0, end };
}

const { store, committed, end } = await storage();
const imports = [];
for (let n = 0; n < Number(accounts); n += 1) {
  const name = n === 0 ? undefined : `account-${n}`;
  imports.push(
    GlomopayModule.forRoot({
      name,
      secretKey: `a-secret-key-${n}`,
      webhookSecret: `a-webhook-secret-${n}`,
      callbackUrl: 'https://shop.example/payment/callback',
    }),
  );
  if (kind !== 'untracked') imports.push(GlomopayTrackingModule.forRoot({ name, store }));
}
class AppModule {}
decorate(AppModule, [Module({ imports, providers: [Ledger] })]);

const begin = performance.now();
const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
const bootMs = performance.now() - begin;
const rssAtBoot = process.memoryUsage.rss();
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
  cpu: (user + system) / 10_000 / seconds,
  transactions: transactions / seconds,
});
await app.close();
await end();
process.disconnect();
