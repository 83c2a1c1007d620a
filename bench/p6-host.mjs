import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { GlomopayModule, GlomopayTrackingModule, WebhookInbox, WorkEngine } from 'nestjs-glomopay';
import { decorate } from './decorate.mjs';
import { secretKey } from './signed-callbacks.mjs';
import { webhookSecret } from './signed-webhooks.mjs';

export const path = '/webhooks/glomopay';

/** Works on nothing: what is measured is what happens before the gateway has its answer. */
class IdleEngine extends WorkEngine {
  async start() {}
  wake() {}
  async stop() {}
}

/** An application with an inbox in a store; by an own `insert`, its events are stored by that. */
export async function inboxApp(store, insert) {
  if (insert !== undefined) store.inbox.insert = ({ id, body }) => insert(id, body);
  class AppModule {}
  decorate(AppModule, [
    Module({
      imports: [
        GlomopayModule.forRoot({ secretKey, webhookSecret }),
        GlomopayTrackingModule.forRoot({
          webhooks: { path },
          store,
          engine: new IdleEngine(),
          sweep: { everyMs: 0 },
        }),
      ],
    }),
  ]);
  const app = await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return { app, inbox: app.get(WebhookInbox) };
}
