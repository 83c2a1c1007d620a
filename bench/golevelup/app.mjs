/** A Nest application with @golevelup/nestjs-stripe and one handler: `app.mjs express`. */
import 'reflect-metadata';
import { StripeModule, StripeWebhookHandler } from '@golevelup/nestjs-stripe';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { decorate } from '../decorate.mjs';
import { cpuSince } from '../measure.mjs';
import { webhookSecret } from '../signed-webhooks.mjs';
import { serve } from '../worker.mjs';

const [platform] = process.argv.slice(2);
let seen = 0;

class Listener {
  paid(event) {
    if (event.data.id !== null) seen += 1;
  }
}
decorate(Listener, [Injectable()], {
  paid: { decorators: [StripeWebhookHandler('payment.success')] },
});

class AppModule {}
decorate(AppModule, [
  Module({
    imports: [
      StripeModule.forRoot({
        apiKey: 'sk_test_bench',
        webhookConfig: {
          stripeSecrets: { account: webhookSecret, accountTest: webhookSecret },
          requestBodyProperty: 'rawBody',
        },
      }),
    ],
    providers: [Listener],
  }),
]);

const adapter = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
const app = await NestFactory.create(AppModule, adapter, { logger: false, rawBody: true });
await app.listen(0, '127.0.0.1');

let start = process.cpuUsage();
serve({
  target: () => ({
    port: app.getHttpServer().address().port,
    path: '/stripe/webhook',
    signer: 'stripe',
  }),
  startCounting: () => {
    seen = 0;
    start = process.cpuUsage();
  },
  cpu: (expected) => {
    if (seen !== expected) throw new Error(`the handler saw ${seen} of ${expected} events`);
    return cpuSince(start);
  },
});
