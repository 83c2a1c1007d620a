import 'reflect-metadata';
import { createHmac } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  OnGlomopayEvent,
  WebhookInbox,
  WebhookVerifier,
} from 'nestjs-glomopay';
import { databaseOf } from './databases.mjs';
import { decorate } from './decorate.mjs';
import { cpuPerCall, cpuSince, interleave, quartiles, ratio } from './measure.mjs';
import { growthByRows } from './p10-rows.mjs';
import { costsText, report } from './report.mjs';
import { secretKey } from './signed-callbacks.mjs';
import { sign, webhookBodies, webhookSecret } from './signed-webhooks.mjs';

const KEYS = [1, 2, 5];
const HANDLERS = [1, 1_000];
const EVENTS = 200;

const signed = webhookBodies(256, 1_024).map((body) => ({
  body,
  signature: sign.glomopay(body)['x-glomopay-signature'],
}));

/** CPU of one verification under several active secrets; the one that has signed comes last. */
async function growthByKeys() {
  const contenders = {};
  const apps = [];
  for (const count of KEYS) {
    const others = Array.from({ length: count - 1 }, (_, at) => `whsec_bench_other_${at}`);
    const app = await NestFactory.createApplicationContext(
      GlomopayModule.forRoot({ secretKey, webhookSecret: [...others, webhookSecret] }),
      { logger: false },
    );
    const verifier = app.get(WebhookVerifier);
    apps.push(app);
    contenders[`keys${count}`] = () =>
      cpuPerCall(1_000, (index) => {
        const { body, signature } = signed[index % signed.length];
        verifier.assertSigned(body, signature);
      });
  }
  contenders.hmac = () =>
    cpuPerCall(1_000, (index) => {
      const { body } = signed[index % signed.length];
      createHmac('sha256', webhookSecret).update(body).digest('hex');
    });
  const costs = await interleave(contenders, { rounds: 60, warmUp: 10 });
  for (const app of apps) await app.close();
  return costs;
}

/** A listener of one event; each is a class with a name of its own. */
function listenerOf(name, pattern, hear) {
  const Listener = {
    [name]: class {
      hear() {
        hear();
      }
    },
  }[name];
  return decorate(Listener, [Injectable()], { hear: { decorators: [OnGlomopayEvent(pattern)] } });
}

/** CPU of one event from its arrival until its one listener has it; the others listen to other events. */
async function handlersApp(count) {
  const heard = { events: 0 };
  const store = new MemoryTrackingStore();
  const others = Array.from({ length: count - 1 }, (_, at) =>
    listenerOf(`Other${at}`, 'refund.failed', () => {}),
  );
  class AppModule {}
  decorate(AppModule, [
    Module({
      imports: [
        GlomopayModule.forRoot({ secretKey, webhookSecret }),
        GlomopayTrackingModule.forRoot({
          store,
          sweep: { everyMs: 0 },
          inbox: { pollEveryMs: 0 },
        }),
      ],
      providers: [...others, listenerOf('Ledger', 'payment.success', () => (heard.events += 1))],
    }),
  ]);
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  const inbox = app.get(WebhookInbox);
  const measure = async () => {
    const bodies = webhookBodies(EVENTS, 1_024);
    const signatures = bodies.map((body) => sign.glomopay(body)['x-glomopay-signature']);
    heard.events = 0;
    const start = process.cpuUsage();
    await Promise.all(bodies.map((body, at) => inbox.receive(body, signatures[at])));
    while (heard.events < EVENTS) await new Promise((resolve) => setImmediate(resolve));
    return cpuSince(start) / EVENTS;
  };
  return { app, measure };
}

async function growthByHandlers() {
  const started = await Promise.all(HANDLERS.map(handlersApp));
  const contenders = HANDLERS.map((count, at) => [`handlers${count}`, started[at].measure]);
  const costs = await interleave(Object.fromEntries(contenders), { rounds: 25, warmUp: 8 });
  for (const { app } of started) await app.close();
  return costs;
}

function medians(costs, names) {
  return costsText(
    Object.fromEntries(names.map((name) => [name, quartiles(costs[name]).median])),
    'us',
  );
}

const rows = await growthByRows(await databaseOf('postgres'));
const keys = await growthByKeys();
const handlers = await growthByHandlers();
const moreKeys = keys.keys5.map((cost, round) => cost - keys.keys1[round]);
const fourHmacs = keys.hmac.map((cost) => 4 * cost);

report([
  ...rows,
  {
    row: 'P10',
    what: 'verification of a webhook of 1 kB: what four more active secrets add',
    against:
      'four times a bare `createHmac` over the same body: every key is tried, matched or not',
    goal: { atMost: 1.2 },
    unit: 'x',
    measured: ratio(moreKeys, fourHmacs),
    costs: medians(keys, ['keys1', 'keys2', 'keys5', 'hmac']),
    whenMissed: 'A key adds one HMAC and one comparison in constant time, and nothing else.',
  },
  {
    row: 'P10',
    what: 'an event from its arrival to its one listener, store in memory, 1,000 listeners',
    against: 'the same with 1 listener',
    goal: { atMost: 1.2 },
    unit: 'x',
    measured: ratio(handlers.handlers1000, handlers.handlers1),
    costs: medians(handlers, ['handlers1000', 'handlers1']),
    whenMissed: 'Listeners are looked up by the type of the event.',
  },
]);
