import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  Controller,
  HttpCode,
  type INestApplication,
  type ModuleMetadata,
  type NestApplicationOptions,
  Post,
  UseGuards,
} from '@nestjs/common';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  type GlomopayEvent,
  GlomopayModule,
  VerifiedWebhook,
  WebhookSignatureGuard,
} from 'nestjs-glomopay';
import {
  type Answer,
  type NestHost,
  type Platform,
  send,
  startNestHost,
} from '../support/nest-host.js';
import { underOwnSecret } from '../support/own-vectors.js';

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

/** What is sent: by default the official worked example. */
export interface Delivery {
  readonly path?: string;
  readonly body?: string | Uint8Array;
  readonly signature?: string | readonly string[] | undefined;
  /** Further headers; an undefined one is left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** A running host, and what it is sent over a real socket. */
export interface Host extends NestHost {
  deliver(delivery?: Delivery): Promise<Answer>;
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
  const host = await startNestHost(
    platform,
    {
      controllers: [WebhookController],
      ...rest,
      imports: [GlomopayModule.forRoot(account), ...imports],
    },
    {
      options: { rawBody: true, ...options },
      http: platform === 'fastify' ? fastify : undefined,
      prepare,
    },
  );
  return { ...host, deliver: (delivery) => deliver(host.port, delivery) };
}

function deliver(port: number, delivery: Delivery = {}): Promise<Answer> {
  const { path = '/hook', body = BODY } = delivery;
  const headers = {
    'content-type': 'application/json',
    'x-glomopay-signature': 'signature' in delivery ? delivery.signature : sign(body),
    ...delivery.headers,
  };
  return send(port, path, { method: 'POST', headers, body });
}
