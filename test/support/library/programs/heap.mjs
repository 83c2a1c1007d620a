// Fails a hundred payments, keeps every error, and writes a snapshot of its heap.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { setTimeout } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';

const { GlomopayModule, PaymentsService, CardDto } = await import(process.env.LIBRARY);
const { BASE_URL, SECRET_KEY, SNAPSHOT, DIGITS, KEEP } = process.env;

const dynamic = GlomopayModule.forRoot({
  secretKey: SECRET_KEY,
  baseUrl: BASE_URL,
  timeoutMs: 2_000,
});
const host = await NestFactory.createApplicationContext(dynamic, { logger: false });
const payments = host.get(PaymentsService);

// The environment has the digits in pairs, so that the number itself is made here and nowhere else.
const number = () => DIGITS.split(' ').join('');
const kept = [];

async function fail(index) {
  const plain = {
    holderName: 'Jane Q Canary',
    number: number(),
    expiryMonth: '09',
    expiryYear: '2030',
    cvv: '739',
  };
  const card = index % 2 === 0 ? plain : Object.assign(new CardDto(), plain);
  if (KEEP === 'yes') kept.push(plain);
  await payments
    .create({ orderId: 'order_1', callbackUrl: 'https://shop.example/', card })
    .catch((failure) => kept.push(failure));
}

for (let index = 0; index < 100; index += 1) await fail(index);
for (let round = 0; round < 6; round += 1) {
  globalThis.gc();
  await setTimeout(20);
}
writeHeapSnapshot(SNAPSHOT);
process.stdout.write(String(kept.length));
await host.close();
