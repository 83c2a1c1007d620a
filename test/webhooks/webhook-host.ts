import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  Controller,
  HttpCode,
  type INestApplication,
  Module,
  type ModuleMetadata,
  type NestApplicationOptions,
  Post,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  type GlomopayEvent,
  GlomopayModule,
  VerifiedWebhook,
  WebhookSignatureGuard,
} from 'nestjs-glomopay';
import { underOwnSecret } from '../support/own-vectors.js';
import { CapturedLog } from '../support/captured-log.js';

export const platforms = ['express', 'fastify'] as const;
export type Platform = (typeof platforms)[number];

export interface WebhookVector {
  readonly name: string;
  readonly secret: string;
  readonly body: string;
  readonly signature: string | null;
  readonly expected: 'accept' | 'reject' | 'throw';
}

const file = new URL('../vectors/signatures.json', import.meta.url);
const contract = JSON.parse(readFileSync(file, 'utf8')) as { webhook: WebhookVector[] };

export const SECRET = 'whsec_of_these_tests_1f0c2e';
export const vectors = underOwnSecret(contract.webhook, SECRET);

/** The official worked example. */
export const BODY = vectors.find(({ name }) => name === 'official_worked_example')?.body ?? '';
export const SIGNATURE = sign(BODY);

export function sign(body: string | Uint8Array, secret = SECRET): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

@Controller()
export class WebhookController {
  @Post('hook')
  @UseGuards(WebhookSignatureGuard)
  receive(@VerifiedWebhook() event: GlomopayEvent) {
    return { type: event.type, data: event.data.raw };
  }

  @Post('accepted')
  @UseGuards(WebhookSignatureGuard)
  @HttpCode(202)
  accepted(@VerifiedWebhook() event: GlomopayEvent) {
    return { type: event.type };
  }

  @Post('guard-only')
  @UseGuards(WebhookSignatureGuard)
  @HttpCode(200)
  guardOnly() {
    return {};
  }

  @Post('unguarded')
  unguarded(@VerifiedWebhook() event: GlomopayEvent) {
    return { type: event.type };
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is sent: by default the official worked example. */
export interface Delivery {
  readonly path?: string;
  readonly body?: string | Uint8Array;
  readonly signature?: string | readonly string[] | undefined;
  /** Further headers; an undefined one is left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** A running host, and what it is sent over a real socket. */
export interface Host {
  readonly log: CapturedLog;
  readonly app: INestApplication;
  deliver(delivery?: Delivery): Promise<Answer>;
  close(): Promise<void>;
}

export interface HostParts extends ModuleMetadata {
  /** The account's secrets; null: none. */
  readonly webhookSecret?: string | readonly string[] | null;
  readonly options?: NestApplicationOptions;
  readonly fastify?: FastifyAdapter;
  readonly prepare?: (app: INestApplication) => void | Promise<void>;
}

export async function startHost(platform: Platform, parts: HostParts = {}): Promise<Host> {
  const { webhookSecret = SECRET, options, fastify, prepare, imports = [], ...rest } = parts;
  const account = { secretKey: 'secret-alpha-1f0c2e', webhookSecret: webhookSecret ?? undefined };
  class AppModule {}
  Module({
    controllers: [WebhookController],
    ...rest,
    imports: [GlomopayModule.forRoot(account), ...imports],
  })(AppModule);
  const log = new CapturedLog();
  const all = { logger: log, abortOnError: false, rawBody: true, ...options };
  const app =
    platform === 'express'
      ? await NestFactory.create<NestExpressApplication>(AppModule, new ExpressAdapter(), all)
      : await NestFactory.create(AppModule, fastify ?? new FastifyAdapter(), all);
  await prepare?.(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { log, app, deliver: (delivery) => send(port, delivery), close: () => app.close() };
}

async function send(port: number, delivery: Delivery = {}): Promise<Answer> {
  const { path = '/hook', body = BODY } = delivery;
  const signature = 'signature' in delivery ? delivery.signature : sign(body);
  const outgoing = request({ host: '127.0.0.1', port, path, method: 'POST', agent: false });
  outgoing.setHeader('content-length', Buffer.byteLength(body));
  for (const [name, value] of Object.entries({
    'content-type': 'application/json',
    'x-glomopay-signature': signature,
    ...delivery.headers,
  })) {
    if (value !== undefined) outgoing.setHeader(name, value);
  }
  outgoing.end(body);
  const [incoming] = await once(outgoing, 'response');
  const { statusCode: status, headers } = incoming;
  return { status, headers, body: await text(incoming) };
}
