/**
 * Registers, uses and takes back accounts, makes those of a source, and asks for some that nobody has, all
 * under ever new names; says how large the heap is between rounds, garbage collected.
 */
import 'reflect-metadata';
import { createHmac } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

const library = await import(process.env.LIBRARY);
const { CallbackVerifier, GlomopayAccounts, GlomopayMerchantsModule, MemoryTrackingStore } =
  library;
const { OnPaymentOutcome, PaymentTracker, WebhookInbox } = library;

const ROUNDS = Number(process.env.ROUNDS);
const CYCLES = Number(process.env.CYCLES);
const AT_ONCE = 10;

class Ledger {
  record() {}
}
const recorded = Object.getOwnPropertyDescriptor(Ledger.prototype, 'record');
OnPaymentOutcome()(Ledger.prototype, 'record', recorded);

const keyOf = (name) => `a-secret-key-of-${name}`;
let listeners = 0;
/** Keys of a vault: made anew each time, with somebody who listens for changes. */
const vaultOf = (key) => ({
  current: async () => key,
  onChange() {
    listeners += 1;
    return () => void (listeners -= 1);
  },
});
const optionsOf = (name) => ({
  secretKey: vaultOf(keyOf(name)),
  webhookSecret: vaultOf(`webhook-${keyOf(name)}`),
});
const source = { find: async (name) => (name.startsWith('row') ? optionsOf(name) : undefined) };

class AppModule {}
Module({
  imports: [
    GlomopayMerchantsModule.forRoot({
      source,
      most: 5,
      tracking: { store: new MemoryTrackingStore(), sweep: { everyMs: 100 } },
    }),
  ],
  providers: [Ledger],
})(AppModule);
const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
const accounts = app.get(GlomopayAccounts);

function verify(verifier, name) {
  const text = 'order_a|payt_b|success';
  const signature = createHmac('sha256', keyOf(name)).update(text).digest('hex');
  verifier.verify({ order_id: 'order_a', payment_id: 'payt_b', status: 'success', signature });
}

async function cycle(n) {
  const name = `tmp-${n}`;
  await accounts.register({ name, ...optionsOf(name) });
  verify(accounts.get(name, CallbackVerifier), name);
  await accounts.use(name, async (account) => {
    await account.get(PaymentTracker).get('nothing');
    await account.get(WebhookInbox).counts();
  });
  await accounts.unregister(name);
  verify(await accounts.load(`row-${n}`, CallbackVerifier), `row-${n}`);
  await accounts.load(`nobody-${n}`, CallbackVerifier).catch(() => undefined);
}

let next = 0;
const lane = async (end) => {
  while (next < end) await cycle((next += 1));
};
const sizes = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const end = next + CYCLES;
  await Promise.all(Array.from({ length: AT_ONCE }, () => lane(end)));
  for (let n = 0; n < 3; n += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc();
  }
  sizes.push(process.memoryUsage().heapUsed);
}
const open = accounts.openNames().length;
const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
const listening = listeners;
await app.close();
process.stdout.write(JSON.stringify({ sizes, open, timers, listening, left: listeners }));
