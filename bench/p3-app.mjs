/** A Nest application with one callback route, in a process of its own: `p3-app.mjs express guarded`. */
import { createHmac } from 'node:crypto';
import 'reflect-metadata';
import { Controller, Get, Module, Query, UnauthorizedException, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CallbackSignatureGuard, GlomopayModule, VerifiedCallback } from 'nestjs-glomopay';
import { decorate } from './decorate.mjs';
import { cpuSince } from './measure.mjs';
import { secretKey } from './signed-callbacks.mjs';
import { serve } from './worker.mjs';

const [platform, kind] = process.argv.slice(2);

class CallbackController {
  finish() {
    return 'thank you';
  }

  /** What the gateway's integration page shows. */
  finishSample({ order_id: orderId, payment_id: paymentId, status, signature }) {
    const expected = createHmac('sha256', secretKey)
      .update(`${orderId}|${paymentId}|${status}`)
      .digest('hex');
    if (expected !== signature) throw new UnauthorizedException();
    return 'thank you';
  }

  finishQuery(query) {
    return query.order_id;
  }

  finishVerified(callback) {
    return callback.orderId;
  }
}

const routes = {
  bare: { finish: { decorators: [Get('callback')] } },
  sample: { finishSample: { decorators: [Get('callback')], parameters: [Query()] } },
  guarded: { finish: { decorators: [Get('callback'), UseGuards(CallbackSignatureGuard)] } },
  'bare-reading': { finishQuery: { decorators: [Get('callback')], parameters: [Query()] } },
  'guarded-reading': {
    finishVerified: {
      decorators: [Get('callback'), UseGuards(CallbackSignatureGuard)],
      parameters: [VerifiedCallback()],
    },
  },
};
decorate(CallbackController, [Controller('payment')], routes[kind]);

class AppModule {}
decorate(AppModule, [
  Module({
    imports: kind.startsWith('guarded') ? [GlomopayModule.forRoot({ secretKey })] : [],
    controllers: [CallbackController],
  }),
]);

const adapter = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
const app = await NestFactory.create(AppModule, adapter, { logger: false });
await app.listen(0, '127.0.0.1');

let start = process.cpuUsage();
serve({
  port: () => app.getHttpServer().address().port,
  startCounting: () => {
    start = process.cpuUsage();
  },
  cpu: () => cpuSince(start),
});
