import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type INestApplication, Module, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import Database from 'libsql';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  type GlomopayTrackingOptions,
  type GlomopayTrackingRegistration,
} from 'nestjs-glomopay';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { CapturedLog } from '../support/captured-log.js';

export const platforms = ['express', 'fastify'] as const;
export type Platform = (typeof platforms)[number];

export const SECRET = 'whsec_of_these_tests_1f0c2e';
export const ROUTE = '/webhooks/glomopay';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A running application with the ready-made route, and its database. */
export interface InboxHost {
  readonly app: INestApplication;
  readonly log: CapturedLog;
  readonly database: Database.Database;
  /** Posts bytes as they are. */
  post(body: Buffer, headers?: Record<string, string | string[]>, to?: string): Promise<Answer>;
  /** Posts an event as the gateway would. */
  deliver(event: object): Promise<Answer>;
  close(): Promise<void>;
}

export interface InboxHostParts extends ModuleMetadata {
  readonly tracking?: Partial<GlomopayTrackingOptions> & GlomopayTrackingRegistration;
  readonly gateway?: { readonly secretKey: string; readonly baseUrl: string };
  /** Null: none. */
  readonly secret?: string | null;
  readonly rawBody?: boolean;
  /** The server's adapter, prepared. */
  readonly http?: ExpressAdapter | FastifyAdapter;
  readonly prepare?: (app: INestApplication) => void;
}

export async function startInboxHost(
  platform: Platform,
  {
    tracking,
    gateway,
    secret = SECRET,
    rawBody = false,
    http,
    prepare,
    ...parts
  }: InboxHostParts = {},
): Promise<InboxHost> {
  const folder = mkdtempSync(path.join(tmpdir(), 'inbox-'));
  const open = () => new Database(path.join(folder, 'host.db'));
  const database = open();
  database.exec('CREATE TABLE effects (handler TEXT NOT NULL, event TEXT NOT NULL)');
  class AppModule {}
  Module({
    ...parts,
    imports: [
      GlomopayModule.forRoot({
        secretKey: 'a-secret-key',
        ...(secret !== null && { webhookSecret: secret }),
        callbackUrl: 'https://shop.example/payment/callback',
        ...gateway,
      }),
      GlomopayTrackingModule.forRoot({
        store: new SqliteTrackingStore(open),
        sweep: { everyMs: 0, firstCheckMs: 0 },
        webhooks: { path: ROUTE },
        ...tracking,
        inbox: { retryBaseMs: 20, retryMaxMs: 50, pollEveryMs: 50, ...tracking?.inbox },
      }),
      ...(parts.imports ?? []),
    ],
  })(AppModule);
  const log = new CapturedLog();
  const adapter = http ?? (platform === 'express' ? new ExpressAdapter() : new FastifyAdapter());
  const app = await NestFactory.create(AppModule, adapter, {
    logger: log,
    abortOnError: false,
    rawBody,
  });
  prepare?.(app);
  await app.listen(0, '127.0.0.1').catch(async (refusal: unknown) => {
    await app.close();
    throw refusal;
  });
  const { port } = app.getHttpServer().address() as AddressInfo;
  const post: InboxHost['post'] = (body, headers = {}, to = ROUTE) => send(port, to, body, headers);
  return {
    app,
    log,
    database,
    post,
    deliver: (event) => {
      const body = Buffer.from(JSON.stringify(event));
      return post(body, signed(body));
    },
    close: async () => {
      await app.close();
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The headers of a genuine delivery. */
export function signed(body: Buffer, secret = SECRET): Record<string, string> {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return { 'content-type': 'application/json', 'x-glomopay-signature': signature };
}

async function send(
  port: number,
  to: string,
  body: Buffer,
  headers: Record<string, string | string[]>,
): Promise<Answer> {
  const sent = request({
    host: '127.0.0.1',
    port,
    path: to,
    method: 'POST',
    headers: { 'content-length': String(body.length), ...headers },
  });
  // A server that refuses a large body may close before it was sent whole.
  sent.on('error', () => undefined);
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: await text(response),
  };
}

/** Looks again and again until something holds, for 10 seconds at most. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('It did not come to hold in time');
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
