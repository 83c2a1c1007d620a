import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { GlomopayModule, GlomopayTrackingModule, WebhookInbox, WorkEngine } from 'nestjs-glomopay';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
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

/** An application with an inbox on Postgres; by an own `insert`, its events are stored by that. */
export async function inboxApp(pool, insert) {
  const store = new PostgresTrackingStore(pgAdapter(pool));
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

/** What a host writes without an inbox: a table with a key and the body, one row per transaction. */
export async function insertByHand(pool) {
  await pool.query(
    `CREATE TABLE events_by_hand (id text PRIMARY KEY, body bytea NOT NULL,
     received_at timestamptz NOT NULL DEFAULT now())`,
  );
  return async (id, body) => {
    const { rowCount } = await pool.query(
      'INSERT INTO events_by_hand (id, body) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [id, body],
    );
    return rowCount === 1;
  };
}
