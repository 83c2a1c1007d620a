// One machine of the fleet: a Nest application that takes webhooks and works off events.
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GlomopayModule, GlomopayTrackingModule, InProcessEngine } from 'nestjs-glomopay';
import { BullMqEngine } from 'nestjs-glomopay/bullmq';
import { decorate } from '../storm/decorate.mjs';
import { followersOf, Movements } from './worker-movements.mjs';
import { handlersOf } from './worker-handlers.mjs';
import { openStorage } from './worker-storage.mjs';

const { PORT, REDIS_URL, WEBHOOK_SECRET, SEED, SABOTAGE } = process.env;
const storage = openStorage(process.env);
const concurrency = 8;

class Health {
  state() {
    return 'ok';
  }
}
decorate(Health, [Controller()], { state: [Get('health')] });

class Storage {
  onApplicationShutdown() {
    return storage.close();
  }
}

class Worker {}
decorate(Worker, [
  Module({
    imports: [
      GlomopayModule.forRoot({
        secretKey: 'fleet-secret-key',
        webhookSecret: WEBHOOK_SECRET,
        // No gateway: no event is about a payment of this shop, and each of its own fails.
        baseUrl: 'http://127.0.0.1:9',
        retry: { baseDelayMs: 1, maxDelayMs: 1 },
      }),
      GlomopayTrackingModule.forRoot({
        store: storage.store,
        engine:
          REDIS_URL === undefined
            ? new InProcessEngine({ concurrency })
            : new BullMqEngine({ connection: { url: REDIS_URL }, concurrency }),
        webhooks: { path: '/webhooks/glomopay' },
        sweep: { everyMs: 1_000 },
        // A short lease, so that what a killed worker held is not held for long.
        inbox: { handlerTimeoutMs: 3_000, retryBaseMs: 100, retryMaxMs: 1_000, maxTries: 30 },
      }),
    ],
    controllers: [Health, Movements],
    providers: [
      Storage,
      handlersOf({ storage, seed: SEED, sabotage: SABOTAGE }),
      followersOf({ storage, seed: SEED }),
    ],
  }),
]);

const app = await NestFactory.create(Worker, { logger: ['error', 'log'] });
app.enableShutdownHooks();
await app.listen(Number(PORT), '127.0.0.1');
