import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  Controller,
  Get,
  type INestApplication,
  Module,
  type ModuleMetadata,
  Query,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  CallbackSignatureGuard,
  type GlomopayCallback,
  GlomopayModule,
  VerifiedCallback,
} from 'nestjs-glomopay';
import { CapturedLog } from '../support/captured-log.js';

export const platforms = ['express', 'fastify'] as const;
export type Platform = (typeof platforms)[number];

/** A genuine callback of test/vectors. */
export const KEY = 'secret-alpha-1f0c2e';
export const genuine = {
  order_id: 'order_68c00b7btsthf',
  payment_id: 'payt_691eeb9aV79Uk',
  status: 'success',
  signature: '1a76fa7ce8a299e0b843c26b81a37fef48acf9f06871f37f7f108a0c7c994871',
};
export const QUERY = Object.entries(genuine)
  .map((pair) => pair.join('='))
  .join('&');
/** What a handler is given for it. */
export const verified = {
  orderId: genuine.order_id,
  paymentId: genuine.payment_id,
  status: 'success',
};

@Controller()
export class CallbackController {
  @Get('callback')
  @UseGuards(CallbackSignatureGuard)
  finish(@VerifiedCallback() callback: GlomopayCallback, @Query() _query: unknown) {
    return callback;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A running host. `get` sends a path as it is written, not as a URL parser would have it. */
export interface Host {
  readonly log: CapturedLog;
  readonly app: INestApplication;
  get(path: string, method?: string): Promise<Answer>;
  close(): Promise<void>;
}

export interface HostParts extends ModuleMetadata {
  readonly secretKey?: string | readonly string[];
  readonly prepare?: (app: INestApplication) => void | Promise<void>;
}

export async function startHost(platform: Platform, parts: HostParts = {}): Promise<Host> {
  const { secretKey = KEY, prepare, imports = [], ...rest } = parts;
  class AppModule {}
  Module({
    controllers: [CallbackController],
    ...rest,
    imports: [GlomopayModule.forRoot({ secretKey }), ...imports],
  })(AppModule);
  const log = new CapturedLog();
  const options = { logger: log, abortOnError: false };
  const app =
    platform === 'express'
      ? await NestFactory.create<NestExpressApplication>(AppModule, new ExpressAdapter(), options)
      : await NestFactory.create(AppModule, new FastifyAdapter(), options);
  await prepare?.(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    log,
    app,
    get: (path, method = 'GET') => send(port, path, method),
    close: () => app.close(),
  };
}

export async function send(port: number, path: string, method = 'GET'): Promise<Answer> {
  const outgoing = request({ host: '127.0.0.1', port, path, method, agent: false }).end();
  const [incoming] = await once(outgoing, 'response');
  const { statusCode: status, headers } = incoming;
  return { status, headers, body: await text(incoming) };
}
