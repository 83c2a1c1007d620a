import { createHmac, timingSafeEqual } from 'node:crypto';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { CallbackVerifier, GlomopayModule } from 'nestjs-glomopay';
import { cpuPerCall, interleave, quartiles, ratio } from './measure.mjs';
import { costsText, report } from './report.mjs';
import { secretKey, signedCallbacks } from './signed-callbacks.mjs';

const ROUNDS = 400;
const CALLS = 1_000;

const callbacks = signedCallbacks(1024);
const app = await NestFactory.createApplicationContext(GlomopayModule.forRoot({ secretKey }), {
  logger: false,
});
const verifier = app.get(CallbackVerifier);

/** What a host writes without a library: no check of any part. */
function naive({ order_id: orderId, payment_id: paymentId, status, signature }) {
  const expected = createHmac('sha256', secretKey)
    .update(`${orderId}|${paymentId}|${status}`)
    .digest();
  const received = Buffer.from(signature, 'hex');
  return expected.length === received.length && timingSafeEqual(expected, received);
}

function naiveFromUrl(url) {
  return naive(Object.fromEntries(new URL(url, 'http://localhost').searchParams));
}

/** A contender over all callbacks; counts what passed, so that nothing can be optimised away. */
function contender(verify) {
  return () => {
    let passed = 0;
    const cost = cpuPerCall(CALLS, (index) => {
      if (verify(callbacks[index % callbacks.length])) passed += 1;
    });
    if (passed !== CALLS) throw new Error('a signed callback was refused');
    return cost;
  };
}

const costs = await interleave(
  {
    naive: contender(({ query }) => naive(query)),
    verify: contender(({ query }) => verifier.verify(query) !== undefined),
    verifyUrl: contender(({ url }) => verifier.verifyUrl(url) !== undefined),
    naiveFromUrl: contender(({ url }) => naiveFromUrl(url)),
  },
  { rounds: ROUNDS, warmUp: 40 },
);
await app.close();

const medians = (...names) =>
  costsText(Object.fromEntries(names.map((name) => [name, quartiles(costs[name]).median])), 'us');

report([
  {
    row: 'P1',
    what: 'callback verification, parsed query: `CallbackVerifier.verify`',
    against: '`createHmac`, `Buffer.from(hex)`, `timingSafeEqual`',
    goal: { atLeast: 0.95 },
    unit: 'x',
    measured: ratio(costs.naive, costs.verify),
    costs: medians('verify', 'naive'),
    whenMissed:
      'The HMAC is most of both sides. What a key made once and bytes compared in place save is spent on reading the names, on the grammar of three parts and on 64 hex digits, none of which the other side checks.',
  },
  {
    row: 'P1',
    what: 'callback verification, raw address: `CallbackVerifier.verifyUrl`',
    against: 'the same, which is given the query already parsed',
    unit: 'x',
    measured: ratio(costs.naive, costs.verifyUrl),
    costs: medians('verifyUrl', 'naive'),
  },
  {
    row: 'P1',
    what: 'callback verification, raw address: `CallbackVerifier.verifyUrl`',
    against: 'the same on what `new URL(...).searchParams` reads',
    goal: { atLeast: 1.5 },
    unit: 'x',
    measured: ratio(costs.naiveFromUrl, costs.verifyUrl),
    costs: medians('verifyUrl', 'naiveFromUrl'),
    whenMissed:
      'The HMAC is the same on both sides; reading the address without `URL` is what saves, and the checks of the names, of the grammar and of 64 hex digits are what the other side does without.',
  },
]);
