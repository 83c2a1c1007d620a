/**
 * A Nest application that takes our webhooks, in a process of its own: `webhook-app.mjs express guard`.
 *
 * - `guard`: a route of the host with `WebhookSignatureGuard`; its handler reads the payment's id.
 * - `route`: the ready-made route before a store that keeps nothing, so that only the route is left.
 * - `handled`: the ready-made route before a store in memory, and a listener that reads the payment's id.
 */
import 'reflect-metadata';
import { Controller, Injectable, Module, Post, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  OnGlomopayEvent,
  VerifiedWebhook,
  WebhookSignatureGuard,
} from 'nestjs-glomopay';
import { decorate } from './decorate.mjs';
import { cpuSince } from './measure.mjs';
import { secretKey } from './signed-callbacks.mjs';
import { webhookSecret } from './signed-webhooks.mjs';
import { serve } from './worker.mjs';

const [platform, kind] = process.argv.slice(2);
const path = '/webhooks/glomopay';
let seen = 0;

class WebhookController {
  receive(event) {
    if (event.data.id !== null) seen += 1;
  }
}
decorate(WebhookController, [Controller('webhooks')], {
  receive: {
    decorators: [Post('glomopay'), UseGuards(WebhookSignatureGuard)],
    parameters: [VerifiedWebhook()],
  },
});

class Listener {
  paid(event) {
    if (event.data.id !== null) seen += 1;
  }
}
decorate(Listener, [Injectable()], { paid: { decorators: [OnGlomopayEvent('payment.success')] } });

/** Says that it has stored an event, and has none to be worked on. */
function forgetfulStore() {
  const store = new MemoryTrackingStore();
  store.inbox.insert = async () => true;
  return store;
}

function tracking(store) {
  return GlomopayTrackingModule.forRoot({ webhooks: { path }, store, sweep: { everyMs: 0 } });
}

const modules = {
  guard: { controllers: [WebhookController] },
  route: { imports: [tracking(forgetfulStore())] },
  handled: { imports: [tracking(new MemoryTrackingStore())], providers: [Listener] },
};
const { imports = [], ...own } = modules[kind];
class AppModule {}
decorate(AppModule, [
  Module({ imports: [GlomopayModule.forRoot({ secretKey, webhookSecret }), ...imports], ...own }),
]);

const adapter = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
const app = await NestFactory.create(AppModule, adapter, { logger: false, rawBody: true });
await app.listen(0, '127.0.0.1');

let start = process.cpuUsage();
serve({
  target: () => ({ port: app.getHttpServer().address().port, path, signer: 'glomopay' }),
  startCounting: () => {
    seen = 0;
    start = process.cpuUsage();
  },
  /** CPU since then, when every event has reached who reads it. */
  cpu: async (expected) => {
    const isDone = () => kind === 'route' || seen >= expected;
    while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 1));
    return cpuSince(start);
  },
});
