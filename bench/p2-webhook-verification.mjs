import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { GlomopayModule, WebhookVerifier } from 'nestjs-glomopay';
import { Webhook } from 'standardwebhooks';
import { Stripe } from 'stripe';
import { cpuPerCall, interleave, quartiles, ratio } from './measure.mjs';
import { costsText, report } from './report.mjs';
import { secretKey } from './signed-callbacks.mjs';
import { sign, standardSecret, webhookBodies, webhookSecret } from './signed-webhooks.mjs';

const ROUNDS = 120;
const CALLS = 250;

const app = await NestFactory.createApplicationContext(
  GlomopayModule.forRoot({ secretKey, webhookSecret }),
  { logger: false },
);
const verifier = app.get(WebhookVerifier);
const stripe = new Stripe('sk_test_bench');
const standard = new Webhook(standardSecret);

/** Each contender over the same bodies, as Nest's `rawBody` has them. */
const read = {
  verify: (body, { glomopay }) => verifier.verify(body, glomopay).type,
  decode: (body, { glomopay }) => verifier.verify(body, glomopay).data.id,
  stripe: (body, headers) =>
    stripe.webhooks.constructEvent(body, headers.stripe, webhookSecret).type,
  standard: (body, headers) => standard.verify(body, headers.standard).type,
};

function messages(bytes) {
  return webhookBodies(256, bytes).map((body) => ({
    body,
    headers: {
      glomopay: sign.glomopay(body)['x-glomopay-signature'],
      stripe: sign.stripe(body)['stripe-signature'],
      standard: sign.standard(body),
    },
  }));
}

async function costsAt(bytes) {
  const signed = messages(bytes);
  const contender = (name) => () => {
    let passed = 0;
    const cost = cpuPerCall(CALLS, (index) => {
      const { body, headers } = signed[index % signed.length];
      if (read[name](body, headers).startsWith('pay')) passed += 1;
    });
    if (passed !== CALLS) throw new Error('a signed webhook was refused');
    return cost;
  };
  const contenders = Object.keys(read).map((name) => [name, contender(name)]);
  return interleave(Object.fromEntries(contenders), { rounds: ROUNDS, warmUp: 20 });
}

function findings(size, costs) {
  const finding = (ours, theirs, what, against, goal) => ({
    row: 'P2',
    what,
    against,
    ...(goal !== undefined && { goal: { atLeast: goal } }),
    unit: 'x',
    measured: ratio(costs[theirs], costs[ours]),
    costs: costsText(
      { [ours]: quartiles(costs[ours]).median, [theirs]: quartiles(costs[theirs]).median },
      'us',
    ),
    whenMissed:
      'HMAC and `JSON.parse` over the same bytes are most of both sides. What is ours alone: the bytes are checked to be UTF-8, the depth and the names that poison a prototype are looked for before anything is parsed.',
  });
  const verify = `webhook of ${size}: \`WebhookVerifier.verify\``;
  const decode = `webhook of ${size}: \`WebhookVerifier.verify\` and its \`data\`, decoded and frozen`;
  const constructEvent = 'stripe-node `constructEvent`, which only parses';
  return [
    finding('verify', 'stripe', verify, 'stripe-node `constructEvent`', 1.4),
    finding('verify', 'standard', verify, 'standardwebhooks `verify`', 3),
    finding('decode', 'stripe', decode, constructEvent),
  ];
}

const small = findings('1 kB', await costsAt(1_024));
const large = findings('8 kB', await costsAt(8_192));
await app.close();
report([...small, ...large]);
